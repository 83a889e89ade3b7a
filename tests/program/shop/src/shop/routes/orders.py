import asyncio

from fastapi import APIRouter, BackgroundTasks, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from shop.database import Order, get_async_db, get_db
from shop.repositories import OrderRepository
from shop.services import exchange
from shop.services.stock import stock
from shop.services.visits import visits

router = APIRouter(prefix="/orders")


@router.get("/{key}")
# runs: request
# finding: async-route-never-awaits
async def read_order(key: int, currency: str, db: Session = Depends(get_db)):
    # finding: async-blocking-call
    order = OrderRepository(db).get(key)
    # finding: async-blocking-call
    return {"id": order.id, "price": exchange.price(order.cents, currency)}


@router.get("/{key}/estimate")
async def estimate(key: int, currency: str, db: AsyncSession = Depends(get_async_db)):
    order = await db.get(Order, key)
    return {"id": order.id, "price": exchange.known_price(order.cents, currency)}


@router.get("/{key}/quote")
async def quote(key: int, currency: str, db: AsyncSession = Depends(get_async_db)):
    order = await db.get(Order, key)
    # Handed to a thread, not called: the loop goes on.
    return {"id": order.id, "price": await asyncio.to_thread(exchange.price, order.cents, currency)}


@router.get("/")
# finding: pagination-missing
async def list_orders(db: AsyncSession = Depends(get_async_db)):
    result = await db.execute(select(Order))
    return result.scalars().all()


@router.get("/of/{customer}")
# A plain function: FastAPI runs it in its thread pool, where a synchronous session is right.
# runs: request, parallel
def orders_of(customer: int, limit: int = 50, db: Session = Depends(get_db)):
    visits.see()
    return OrderRepository(db).of_customer(customer, limit)


@router.get("/of/{customer}/paid")
def paid_by(customer: int, limit: int = 50, db: Session = Depends(get_db)):
    visits.buy()
    return OrderRepository(db).of_customer(customer, limit)


@router.post("/{key}/ship")
async def ship(key: int, article: str, background: BackgroundTasks):
    await stock.reserve(article)
    # finding: async-dangling-task
    asyncio.create_task(stock.ask(article))
    background.add_task(exchange.price, 100, "EUR")
    return {"id": key}
