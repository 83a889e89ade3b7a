import time


def nap():  # stallint: ignore[async-blocking-call] a millisecond
    time.sleep(0.001)


async def read():
    nap()
