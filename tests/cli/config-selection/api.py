import time

import requests

CACHE = {}


async def read(url):
    time.sleep(1)
    CACHE[url] = requests.get(url)
    return CACHE[url]
