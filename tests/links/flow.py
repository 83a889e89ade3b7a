What travels along calls: effects to callers, contexts to callees, and what stops them.

#== Through three files
#-- api.py
from service import read_all
async def read():  # reaches: blocks.http
    return read_all()  # finding: async-blocking-call
#-- service.py
import store
def read_all():
    return [store.load(n) for n in range(3)]
#-- store.py
import requests
def load(n):
    return requests.get(f"https://a.example/{n}", timeout=3)  # is: blocks.http

#== An async callee answers for itself
import time
async def outer():  # reaches: none
    await inner()  # -> main.inner; finding: none
async def inner():  # reaches: blocks.sleep
    time.sleep(1)  # finding: async-blocking-call

#== A function that is only mentioned is not called
import time
def load():
    time.sleep(1)
async def read():  # reaches: none; finding: none
    handlers = {"load": load}
    return handlers

#== What is given to a thread does not block here
import asyncio, time
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
import anyio
from asgiref.sync import sync_to_async
from fastapi import BackgroundTasks
from fastapi.concurrency import run_in_threadpool
from starlette.concurrency import run_in_threadpool as other_name
pool = ThreadPoolExecutor()
def load(n=1):  # runs: none
    time.sleep(n)
async def a():  # reaches: none; finding: none
    await asyncio.to_thread(load, 1)
async def b():  # reaches: none
    await asyncio.get_running_loop().run_in_executor(None, load, 1)
async def c():  # reaches: none
    loop = asyncio.get_event_loop()
    await loop.run_in_executor(pool, lambda: load(1))
async def d():  # reaches: none
    await run_in_threadpool(load, 1)
    await other_name(load)
async def e():  # reaches: none
    await sync_to_async(load)(1)
async def f():  # reaches: none
    Thread(target=load, args=(1,)).start()
async def g(background: BackgroundTasks):  # reaches: none
    background.add_task(load, 1)
async def h():  # reaches: none
    await anyio.to_thread.run_sync(load)
async def i():  # reaches: none
    pool.submit(load, 1)

#== A method handed to a thread
import asyncio, time
class Store:
    def load(self):  # runs: none
        time.sleep(1)
    async def read(self):  # reaches: none; finding: none
        await asyncio.to_thread(self.load)

#== An argument of the offloading call runs here
import asyncio, time
def key():
    time.sleep(1)
def load(k): ...
async def read():  # reaches: blocks.sleep
    await asyncio.to_thread(load, key())  # finding: async-blocking-call

#== A nested function handed to a thread
import asyncio, time
async def read():  # reaches: none; finding: none
    def load():
        time.sleep(1)
    await asyncio.to_thread(load)

#== A method of a class that is decorated by sync_to_async
import time
from asgiref.sync import sync_to_async
class Store:
    @sync_to_async
    def load(self):
        time.sleep(1)
    async def read(self):  # reaches: none; finding: none
        await self.load()

#== A background task that is async runs on the loop
import time
from fastapi import BackgroundTasks
async def send():
    time.sleep(1)  # finding: async-blocking-call
async def read(background: BackgroundTasks):
    background.add_task(send)

#== Callbacks of the loop are waited for by the loop
import asyncio, time
def tick():  # reaches: blocks.sleep
    time.sleep(1)  # finding: async-blocking-call
def done(task):
    time.sleep(1)  # finding: async-blocking-call
def later():
    time.sleep(1)  # finding: async-blocking-call
async def start(tasks):
    loop = asyncio.get_running_loop()
    loop.call_soon(tick)
    loop.call_later(5, later)
    task = asyncio.create_task(start(tasks))
    tasks.append(task)
    task.add_done_callback(done)

#== Methods of a protocol are callbacks of the loop
import asyncio, time
class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
    def data_received(self, data):
        time.sleep(1)  # finding: async-blocking-call

#== Contexts go down: request, startup, import, main
#-- api.py
from contextlib import asynccontextmanager
from fastapi import Depends, FastAPI
from store import check, load, only_start, tables
@asynccontextmanager
async def lifespan(app):  # runs: startup
    only_start()
    yield
app = FastAPI(lifespan=lifespan)
def current():  # runs: request, parallel
    check()
@app.get("/a")
async def read(user=Depends(current)):  # runs: request
    load()
tables()
#-- store.py
def load():  # runs: request
    deeper()
def deeper(): ...  # runs: request
def check(): ...  # runs: request, parallel
def only_start(): ...  # runs: startup
def tables(): ...  # runs: import
def by_hand(): ...  # runs: main
def nobody(): ...  # runs: none
if __name__ == "__main__":
    by_hand()

#== A decorator runs at import, what it decorates does not
registry = []
def register(function):  # runs: import
    registry.append(function)
    return function
@register
def load(): ...  # runs: none

#== A generator runs where it is consumed
import time
def rows():
    time.sleep(1)
    yield 1
def made():  # reaches: none
    return rows()
def looped():  # reaches: blocks.sleep
    for row in rows():  # -> main.rows
        print(row)
    for n, row in enumerate(rows()):  # -> main.rows
        pass
def listed():  # reaches: blocks.sleep
    return list(rows())
def named():  # reaches: blocks.sleep
    later = rows()
    for row in later:  # -> main.rows
        pass
def joined():  # reaches: blocks.sleep
    return ",".join(str(r) for r in rows())
def delegated():  # reaches: blocks.sleep
    yield from rows()

#== A generator expression runs where it is consumed
import time
def wait(n):
    time.sleep(n)
def summed():  # reaches: blocks.sleep
    return sum(wait(n) for n in range(3))

#== An async generator consumed by async for
import time
async def rows():
    time.sleep(1)  # finding: async-blocking-call
    yield 1
async def read():  # reaches: none
    async for row in rows():  # -> main.rows
        pass

#== A context manager made from a generator runs where it is entered
import contextlib, time
@contextlib.contextmanager
def opened():
    time.sleep(1)
    yield 1
def made():  # reaches: none
    return opened()
def entered():  # reaches: blocks.sleep
    with opened():  # -> main.opened
        pass

#== A constant argument cuts a branch: positional, by keyword, by default
import time
def send(data, wait=True):
    if wait:
        time.sleep(1)
    return data
def positional():  # reaches: none
    send(1, False)
def keyword():  # reaches: none
    send(1, wait=False)
def default():  # reaches: blocks.sleep
    send(1)
def true():  # reaches: blocks.sleep
    send(1, True)
def unknown(w):  # reaches: blocks.sleep
    send(1, w)

#== A flag that leaves early, and one that is denied
import time
def send(data, quick=False):
    if quick:
        return data
    time.sleep(1)
def other(data, quick=False):
    if not quick:
        time.sleep(1)
def a():  # reaches: none
    send(1, quick=True)
def b():  # reaches: blocks.sleep
    send(1)
def c():  # reaches: none
    other(1, quick=True)

#== None as a constant
import time
def send(data, delay=None):
    if delay is not None:
        time.sleep(delay)
def a():  # reaches: none
    send(1)
def b():  # reaches: none
    send(1, None)
def c():  # reaches: blocks.sleep
    send(1, delay=2)

#== A flag that the function itself changes is not known
import time
def send(data, wait=False):
    wait = wait or data.urgent
    if wait:
        time.sleep(1)
def a(data):  # reaches: blocks.sleep
    send(data, False)

#== A flag that is given a value only after it was asked
import time
def build(data, target=""):
    if target:
        if target == ".":
            target = data.name
        time.sleep(1)
    return target
def a(data):  # reaches: none
    build(data)
def b(data):  # reaches: blocks.sleep
    build(data, ".")

#== A flag that a round changes for the next one
import time
def build(rows, late=False):
    for row in rows:
        if late:
            time.sleep(1)
        late = row.late
def a(rows):  # reaches: blocks.sleep
    build(rows)

#== Empty literals, and conditions of several parts
import time
def send(data, to=(), retries=0, note="", wait=True):
    if to and data:
        time.sleep(1)
    if retries:
        time.sleep(2)
    if data.late and note:
        time.sleep(3)
    if not (wait or data.late):
        time.sleep(4)
def a(data):  # reaches: none
    send(data)
def b(data):  # reaches: blocks.sleep
    send(data, retries=2)
def c(data):  # reaches: blocks.sleep
    send(data, wait=False)
def d(data, names):  # reaches: blocks.sleep
    send(data, to=names)

#== A flag that is passed on after a change
import time
def send(wait=False):
    if wait:
        time.sleep(1)
def relay(data, wait=False):
    wait = data.urgent
    send(wait)
def a(data):  # reaches: blocks.sleep
    relay(data)

#== A flag of a method and of a constructor
import time
class Store:
    def load(self, fresh=False):
        if fresh:
            time.sleep(1)
    def quick(self):  # reaches: none
        self.load()
    def slow(self):  # reaches: blocks.sleep
        self.load(fresh=True)

#== A comment on a function ends chains through it
import time
# stallint: ignore[async-blocking-call] takes a millisecond, measured
def nap():
    time.sleep(0.001)
def relay():
    nap()
async def read():  # finding: none
    relay()
async def direct():
    time.sleep(1)  # finding: async-blocking-call

#== A comment on a call silences that call only
import time
def nap():
    time.sleep(1)
async def read():
    nap()  # stallint: ignore[async-blocking-call] nobody is served here
    nap()  # finding: async-blocking-call
    time.sleep(2)  # finding: async-blocking-call

#== What asks once in the life of the process
import functools, time
@functools.cache
def settings():
    time.sleep(1)
    return {}
async def read():  # reaches: none; finding: none
    return settings()

#== What is filled when it is empty is amortised
import requests
class Tokens:
    def __init__(self):
        self._token = None
    def token(self):  # reaches: blocks.http amortised
        if self._token is None:
            self._token = requests.get("https://a.example", timeout=3).text
        return self._token
    def fresh(self):  # reaches: blocks.http
        if self._token is None:
            self._token = requests.get("https://a.example", timeout=3).text
        return requests.get("https://b.example", timeout=3).text

#== What a method loads when it is empty is amortised
import requests
class Markets:
    def __init__(self):
        self._markets = {}
    @property
    def markets(self):  # reaches: blocks.http amortised
        if not self._markets:
            self.reload()
        return self._markets
    def reload(self):  # reaches: blocks.http
        found = requests.get("https://a.example", timeout=3).json()
        self._markets = found
    def each(self, names):  # reaches: blocks.http amortised
        return [self.markets[name] for name in names]
    def other(self):  # reaches: blocks.http
        if not self._markets:
            self.ask()
    def ask(self):
        return requests.get("https://a.example", timeout=3).json()

#== A class whose decorator keeps its only object
import requests
def singleton(cls):
    kept = {}
    def get(*args):
        if cls not in kept:
            kept[cls] = cls(*args)
        return kept[cls]
    return get
@singleton
class Store:
    def __init__(self):
        self.names = requests.get("https://a.example", timeout=3).json()
class Plain:
    def __init__(self):
        self.names = requests.get("https://a.example", timeout=3).json()
def names():  # reaches: blocks.http amortised
    return Store().names
def plain():  # reaches: blocks.http
    return Plain().names

#== The direct way wins over the amortised one, the exact over the likely, the short over the long
import functools, time
@functools.lru_cache(maxsize=3)
def memo(n):
    deep(n)
def deep(n):
    time.sleep(n)
def read():  # reaches: blocks.sleep
    memo(1)
    deep(2)

#== Code behind a type check never runs
from typing import TYPE_CHECKING
import time
if TYPE_CHECKING:
    time.sleep(1)
def read():  # reaches: none
    return 1

#== A helper beside the methods of a protocol is no callback of the loop
import asyncio, time
class Echo(asyncio.Protocol):
    def data_received(self, data):
        time.sleep(1)  # finding: async-blocking-call
    def helper(self):
        time.sleep(1)

#== A context manager entered through an exit stack
import contextlib, time
@contextlib.contextmanager
def opened():
    time.sleep(1)
    yield 1
def on_stack():  # reaches: blocks.sleep
    with contextlib.ExitStack() as stack:
        stack.enter_context(opened())

#== A constant argument that is passed on
import time
def send(data, wait=True):
    if wait:
        time.sleep(1)
def relay(data, wait=True):
    send(data, wait=wait)
def relay_other(data, wait):
    relay(data, wait)
def quick():  # reaches: none
    relay(1, wait=False)
def quick_too():  # reaches: none
    relay_other(1, False)
def slow():  # reaches: blocks.sleep
    relay(1)

#== Flags that a function passes on to itself, each in the place of the next
import time
def visit(a, b, c, d, e, f, g, h, wait):
    if wait:
        time.sleep(1)
    visit(b, c, d, e, f, g, h, wait, a)
async def read():
    visit(False, False, False, False, False, False, False, False, False)
async def stall():
    visit(False, False, True, False, False, False, False, False, False)  # finding: async-blocking-call
