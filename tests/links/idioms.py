How servers are really written.

#== A generic repository behind a property that is cached
#-- repos/__init__.py
from .all import Repositories
#-- repos/generic.py
from typing import Generic, TypeVar
from sqlalchemy.orm import Session
Schema = TypeVar("Schema")
class Repository(Generic[Schema]):
    def __init__(self, session: Session, schema: type[Schema]):
        self.session = session
        self.schema = schema
    def get_one(self, key):
        return self.session.get(self.schema, key)  # is: blocks.db, db.query
#-- repos/all.py
from functools import cached_property
from sqlalchemy.orm import Session
from .generic import Repository
class User: ...
class Repositories:
    def __init__(self, session: Session):
        self.session = session
    @cached_property
    def users(self) -> Repository[User]:
        return Repository(self.session, User)
#-- service.py
from repos import Repositories
class Service:
    def __init__(self, repos: Repositories):
        self.repos = repos
    def user(self, key):
        return self.repos.users.get_one(key)  # -> repos.all.Repositories.users, repos.generic.Repository.get_one

#== A factory that is a class method
from __future__ import annotations
from typing import Self
class Store:
    @classmethod
    def make(cls):
        return cls()
    @classmethod
    def quoted(cls) -> "Store": ...
    @classmethod
    def typed(cls) -> Self: ...
    def load(self): ...
class Big(Store):
    def grow(self): ...
def read():
    Store.make().load()  # -> main.Store.make, main.Store.load
    Store.quoted().load()  # -> main.Store.quoted, main.Store.load
    Big.typed().grow()  # -> main.Store.typed, main.Big.grow

#== A singleton behind a function, and one behind a class
class Store:
    _instance = None
    @classmethod
    def instance(cls) -> "Store":
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance
    def load(self): ...
_store = None
def get_store():
    global _store
    if _store is None:
        _store = Store()
    return _store
def read():
    get_store().load()  # -> main.get_store, main.Store.load
    Store.instance().load()  # -> main.Store.instance, main.Store.load

#== Fields of dataclasses and named tuples
from dataclasses import dataclass, field
from typing import NamedTuple
class Store:
    def load(self): ...
@dataclass
class Settings:
    store: Store
    many: list[Store] = field(default_factory=list)
class Pair(NamedTuple):
    store: Store
def read(settings: Settings, pair: Pair):
    settings.store.load()  # -> main.Store.load
    pair.store.load()  # -> main.Store.load
    for one in settings.many:
        one.load()  # -> main.Store.load

#== Objects kept in a list and in a dictionary
class Store:
    def load(self): ...
class Service:
    def __init__(self):
        self.by_name: dict[str, Store] = {}
        self.all = [Store() for n in range(3)]
    def read(self, name):
        self.by_name[name].load()  # -> main.Store.load
        self.by_name.get(name).load()  # -> main.Store.load
        for store in self.all:
            store.load()  # -> main.Store.load

#== An attribute of the class that self reads
import requests
class Service:
    session = requests.Session()
    def read(self, url):
        return self.session.get(url, timeout=3)  # name: requests.Session.get

#== Calls inside gather, tasks and wait_for
import asyncio, time
class Service:
    async def one(self): ...
    async def start(self):
        await asyncio.gather(self.one(), self.one())  # -> main.Service.one
        self.task = asyncio.create_task(self.one())  # -> main.Service.one
        await asyncio.wait_for(self.one(), 5)  # -> main.Service.one

#== A partial and a lambda in an executor
import asyncio, functools, time
def load(n):
    time.sleep(n)
async def read():  # reaches: none; finding: none
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, functools.partial(load, 1))
    await asyncio.wait_for(loop.run_in_executor(None, lambda: load(2)), timeout=3)

#== A closure over self
import time
class Service:
    def load(self):
        time.sleep(1)
    def read(self):  # reaches: blocks.sleep
        def once():
            self.load()  # -> main.Service.load
        once()

#== A decorator of a library keeps the function
import time
from tenacity import retry, stop_after_attempt
@retry(stop=stop_after_attempt(3))
def load():
    time.sleep(1)
def read():  # reaches: blocks.sleep
    load()  # -> main.load

#== A task that is sent does not run here
import time
from celery import shared_task
@shared_task
def report(n):
    time.sleep(n)
async def send():  # reaches: none; finding: none
    report.delay(1)
    report.apply_async((1,))
def here():  # reaches: blocks.sleep
    report(1)

#== A base class of a library, with a hook that the project fills
import time
from starlette.middleware.base import BaseHTTPMiddleware
class Slow(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        self.note()  # -> main.Slow.note; finding: async-blocking-call
        return await call_next(request)
    def note(self):
        time.sleep(1)

#== A template method: the hook of the subclass that calls
import time
class Base:
    def run_all(self):
        self.step()
    def step(self):
        raise NotImplementedError
class Slow(Base):
    def step(self):
        time.sleep(1)
def read():  # reaches: blocks.sleep
    Slow().run_all()

#== A mixin that uses what another class gives
class Loads:
    def load_all(self):
        self.fetch_page()  # -> main.Store.fetch_page
class Store(Loads):
    def fetch_page(self): ...

#== Session and engine made by factories
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
engine = create_engine("sqlite://")
SessionLocal = sessionmaker(bind=engine)
def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()
async def read():
    with SessionLocal() as session:
        session.execute("select 1")  # finding: async-blocking-call
    db = SessionLocal()  # finding: resource-not-closed
    db.commit()  # finding: async-blocking-call

#== A client of a service, its result and its method
import boto3
s3 = boto3.client("s3")
def make():
    return boto3.client("s3")
class Files:
    def __init__(self):
        self.s3 = make()
    async def read(self, key):
        self.s3.get_object(Bucket="a", Key=key)  # finding: async-blocking-call
async def read(key):
    s3.get_object(Bucket="a", Key=key)  # finding: async-blocking-call

#== A coroutine that is made here and awaited there
import time
async def work():
    time.sleep(1)  # finding: async-blocking-call
def make():
    return work()
async def read():
    await make()

#== Deleted, shadowed and conditional names
import time
def load():
    time.sleep(1)
def read(load=None):  # reaches: none
    if load:
        load()
def other():  # reaches: none
    for load in range(3):
        load()

#== A client of `async with` keeps the limit that it was made with
import httpx
async def ask(url):
    async with httpx.AsyncClient(timeout=None) as client:  # finding: http-client-per-request
        return await client.get(url)  # finding: async-missing-timeout
