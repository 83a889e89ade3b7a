def read():
    print("a")


def all_of(names):
    for name in names:
        read()
