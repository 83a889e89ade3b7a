from collections.abc import AsyncIterator, Iterator

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

make_session = sessionmaker(create_engine("postgresql+psycopg://shop"))
make_async_session = async_sessionmaker(create_async_engine("postgresql+asyncpg://shop"))


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    password: Mapped[bytes]


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[int]
    cents: Mapped[int]
    currency: Mapped[str]


# runs: request, parallel
def get_db() -> Iterator[Session]:
    with make_session() as session:
        yield session


# runs: request
async def get_async_db() -> AsyncIterator[AsyncSession]:
    async with make_async_session() as session:
        yield session
