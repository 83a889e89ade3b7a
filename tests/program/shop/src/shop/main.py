from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from shop.routes import accounts, invoices, orders
from shop.settings import get_settings


@asynccontextmanager
# runs: startup
async def lifespan(app: FastAPI):
    # At start-up nobody waits yet.
    get_settings()
    async with httpx.AsyncClient() as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)
app.include_router(orders.router)
app.include_router(accounts.router)
app.include_router(invoices.router)


@app.on_event("shutdown")
# finding: fastapi-on-event
async def goodbye():
    print("closed")
