import time


async def other():
    time.sleep(1)
