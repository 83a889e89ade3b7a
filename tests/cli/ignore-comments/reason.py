import time


async def read():
    time.sleep(1)  # stallint: ignore[async-blocking-call] nobody is served while the server drains
    # stallint: ignore[async-blocking-call]: the same, from the line above
    time.sleep(2)
