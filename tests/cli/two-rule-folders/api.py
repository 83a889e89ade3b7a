import time


def read():
    print("a")
    time.sleep(1)
