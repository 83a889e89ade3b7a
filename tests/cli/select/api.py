import time

import httpx


async def read(url):
    time.sleep(1)
    async with httpx.AsyncClient() as client:
        return await client.get(url)
