import time

import requests


async def read(url):
    time.sleep(1)
    return requests.get(url)
