import time


def broken(:
    return ]


async def read():
    time.sleep(1)
