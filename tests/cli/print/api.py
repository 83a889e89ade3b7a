import requests


def load(name):
    return requests.get(name, timeout=3)


async def read(name):
    return load(name)
