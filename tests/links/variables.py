Variables of the whole project: how long they live and what changes them.

#== A cache that grows here and is emptied in another file
#-- store.py
cache = {}
def put(key, value):
    cache[key] = value  # finding: none
#-- admin.py
from store import cache
def reset():
    cache.clear()

#== A cache that grows in another file
#-- store.py
cache = {}
#-- api.py
import store
from fastapi import APIRouter
router = APIRouter()
@router.get("/{key}")
async def read(key: str):
    store.cache[key] = len(key)  # finding: cache-unbounded
    return store.cache[key]

#== An attribute of an object of the process, and one of an object per request
from fastapi import FastAPI
app = FastAPI()
class Memory:
    def __init__(self):
        self.seen = {}
    def add(self, key):
        self.seen[key] = 1  # finding: cache-unbounded
class Basket:
    def __init__(self):
        self.items = {}
    def add(self, key):
        self.items[key] = 1  # finding: none
memory = Memory()
@app.post("/a")
async def a(key: str):
    memory.add(key)
    basket = Basket()
    basket.add(key)
    return basket.items

#== Lost updates need threads, and a value computed from the old one
import threading
from fastapi import FastAPI
app = FastAPI()
total = 0
served = 0
names = set()
guard = threading.Lock()
@app.get("/a")
def a(n: int, name: str):
    global total, served
    total = total + n  # finding: shared-state-unlocked
    with guard:
        served += 1
    return total
@app.get("/b")
async def b(n: int):
    global served
    served += n  # finding: none
    return served

#== A lock held by every caller
import threading
from fastapi import FastAPI
app = FastAPI()
guard = threading.Lock()
total = 0
def add(n):
    global total
    total += n  # finding: none
@app.get("/a")
def a(n: int):
    with guard:
        add(n)
@app.get("/b")
def b(n: int):
    with guard:
        add(n)

#== A lock held by one caller only
import threading
from fastapi import FastAPI
app = FastAPI()
guard = threading.Lock()
total = 0
def add(n):
    global total
    total += n  # finding: shared-state-unlocked
@app.get("/a")
def a(n: int):
    with guard:
        add(n)
@app.get("/b")
def b(n: int):
    add(n)

#== Tasks kept until they are done
import asyncio
tasks = set()
async def beat(): ...
async def start():
    task = asyncio.create_task(beat())
    tasks.add(task)  # finding: none
    task.add_done_callback(tasks.discard)

#== Registries that are filled at import
handlers = {}
def handles(name):
    def register(function):
        handlers[name] = function  # finding: none
        return function
    return register
@handles("a")
def a(): ...

#== A client made once, kept in an attribute, and used everywhere
#-- clients.py
import httpx
class Clients:
    def __init__(self):
        self.http = httpx.AsyncClient()
    async def close(self):
        await self.http.aclose()
clients = Clients()
#-- api.py
from clients import clients
async def read(url):
    return await clients.http.get(url)  # name: httpx.AsyncClient.get; finding: none

#== Objects live as long as what keeps them, also by way of a local name
from fastapi import FastAPI
app = FastAPI()
class Part:
    def __init__(self):
        self.seen = {}
    def add(self, key):
        self.seen[key] = 1  # finding: cache-unbounded
class Guest:
    def __init__(self):
        self.seen = {}
    def add(self, key):
        self.seen[key] = 1  # finding: none
class Whole:
    def __init__(self):
        self.parts = []
        self.guests = {}
    def grow(self):
        part = Part()
        self.parts.append(part)  # finding: collection-unbounded
        return part
    def invite(self, name):
        guest = Guest()
        self.guests[name] = guest
        return guest
    def leave(self, name):
        del self.guests[name]
whole = Whole()
@app.post("/a")
async def a(key: str):
    whole.grow().add(key)
    whole.invite(key).add(key)

#== A collection that is emptied under another name
from fastapi import FastAPI
app = FastAPI()
pages = {}
links = {}
texts = {}
lines = {}
def shorten(entries, most=100):
    while len(entries) > most:
        entries.pop(next(iter(entries)))
def reset():
    here = links
    here.clear()
    for each in (texts, links):
        each.clear()
@app.post("/{key}")
async def put(key: str, most: int):
    pages[key] = 1  # finding: none
    links[key] = 1  # finding: none
    texts[key] = 1  # finding: none
    lines[key] = 1  # finding: cache-unbounded
    shorten(most=most, entries=pages)
    return len(lines)

#== An abstract base class says nothing about how long objects live
import abc
from typing import Generic, TypeVar
from fastapi import FastAPI
T = TypeVar("T")
app = FastAPI()
class Base(abc.ABC, Generic[T]):
    found = None
    def __init__(self):
        self.seen = {}
    @classmethod
    def one(cls):
        if cls.found is None:
            cls.found = cls()
        return cls.found
    def add(self, key):
        self.seen[key] = 1  # finding: cache-unbounded
class Memory(Base[str]):
    pass
@app.post("/a")
async def a(key: str):
    Memory.one().add(key)
