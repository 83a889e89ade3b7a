import time


async def read():
    time.sleep(1)  # stallint: ignore[async-blocking-call]
