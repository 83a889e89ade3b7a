def read():
    print("a")
