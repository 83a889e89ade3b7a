import time

import ext


def fetch(name):
    return ext.go(name)


def load():
    time.sleep(1)


class Client:
    def get(self, name):
        return ext.go(name)
