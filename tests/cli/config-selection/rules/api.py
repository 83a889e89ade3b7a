def log():
    print("x")
