"""Looks after the stock, every minute."""

import asyncio
import time

from shop.services.exchange import price
from shop.services.stock import stock

_tasks: set[asyncio.Task] = set()


async def watch(article: str) -> None:
    while True:
        pieces = await stock.ask(article)
        if pieces == 0:
            # finding: async-blocking-call
            time.sleep(60)
        await asyncio.sleep(60)


async def watch_all(articles: list[str]) -> None:
    for article in articles:
        task = asyncio.create_task(watch(article))
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)


async def revalue(cents: int) -> None:
    asyncio.get_running_loop().call_soon(tick, cents)


# A callback of the loop is no async function, but the loop waits for it all the same.
def tick(cents: int) -> None:
    # finding: async-blocking-call
    price(cents, "EUR")
