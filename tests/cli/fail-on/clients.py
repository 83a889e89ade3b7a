import httpx


async def read(url):
    async with httpx.AsyncClient() as client:
        return await client.get(url)
