"""How many pieces are left. One object for the whole process."""

import asyncio

import httpx


class Stock:
    def __init__(self, url: str):
        self.url = url
        self._client: httpx.AsyncClient | None = None
        self._spare: httpx.AsyncClient | None = None
        self._lock = asyncio.Lock()

    async def connect(self) -> httpx.AsyncClient:
        client = httpx.AsyncClient(base_url=self.url)
        await client.get("/hello")
        return client

    async def client(self) -> httpx.AsyncClient:
        if self._client is None:
            # finding: async-lazy-init-race
            self._client = await self.connect()
        return self._client

    # The same with the lock held: right.
    async def spare(self) -> httpx.AsyncClient:
        async with self._lock:
            if self._spare is None:
                self._spare = await self.connect()
        return self._spare

    async def reserve(self, article: str) -> None:
        client = await self.client()
        # finding: async-missing-timeout
        await client.post(f"/articles/{article}/reserve", timeout=None)

    async def ask(self, article: str) -> int:
        # finding: http-client-per-request
        async with httpx.AsyncClient(base_url=self.url) as client:
            answer = await client.get(f"/articles/{article}")
        return answer.json()["pieces"]


stock = Stock("https://stock.example")
