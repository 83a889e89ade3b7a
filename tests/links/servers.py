How frameworks run what a project defines.

#== Routes of all kinds
from fastapi import APIRouter, FastAPI, WebSocket
from starlette.requests import Request
app = FastAPI()
router = APIRouter(prefix="/a")
@app.get("/a")
async def a(): ...  # is: http.plain-in-thread, http.route.read, loop.entry; runs: request
@router.post("/b")
def b(): ...  # is: http.plain-in-thread, http.route.write; runs: parallel, request
@app.websocket("/c")
async def c(socket: WebSocket): ...  # is: http.route.write, loop.entry; runs: request
@app.middleware("http")
async def d(request: Request, call_next):  # is: loop.entry, request.middleware
    return await call_next(request)
def e(): ...  # runs: parallel, request
app.add_api_route("/e", e, methods=["GET"])
app.include_router(router)

#== A route of a router made in another file
#-- web.py
from fastapi import APIRouter
router = APIRouter()
#-- orders.py
import time
from web import router
@router.get("/a")
async def read():  # runs: request; finding: async-route-never-awaits
    time.sleep(1)  # finding: async-blocking-call

#== A router behind a function of the project
from fastapi import APIRouter
def make_router(prefix: str) -> APIRouter:
    return APIRouter(prefix=prefix)
router = make_router("/a")
@router.get("/b")
async def read(): ...  # runs: request

#== Routes in a class whose __init__ registers methods
from fastapi import APIRouter
class Views:
    def __init__(self):
        self.router = APIRouter()
        self.router.add_api_route("/a", self.read)
    def read(self): ...  # runs: parallel, request

#== Dependencies, and dependencies of dependencies
from fastapi import Depends, FastAPI
app = FastAPI()
def first(): ...  # runs: parallel, request
def second(x=Depends(first)):  # runs: parallel, request
    helper()
def helper(): ...  # runs: parallel, request
async def third(): ...  # runs: request
@app.get("/a")
async def read(x=Depends(second), y=Depends(third)): ...

#== Dependencies of a whole router
from fastapi import APIRouter, Depends
def check(): ...  # runs: parallel, request
router = APIRouter(dependencies=[Depends(check)])

#== Start-up and shutdown in three ways
from contextlib import asynccontextmanager
from fastapi import FastAPI
def tables(): ...  # runs: startup
def close(): ...  # runs: startup
def warm(): ...  # runs: startup
@asynccontextmanager
async def lifespan(app):  # runs: startup
    tables()
    yield
    close()
async def on_stop(): ...  # runs: startup
app = FastAPI(lifespan=lifespan)
app.add_event_handler("startup", warm)  # finding: fastapi-on-event
@app.on_event("startup")
async def started(): ...  # runs: startup; finding: fastapi-on-event
app.add_event_handler("shutdown", on_stop)  # finding: fastapi-on-event

#== A Celery task is an entry, and no event loop
import time
from celery import Celery, shared_task
app = Celery("shop")
@app.task
def one():  # runs: job, request
    time.sleep(1)  # finding: none
@shared_task(bind=True)
def two(self):  # runs: job, request
    helper()
def helper(): ...  # runs: job, request

#== A command of click or typer runs once
import time
import click, typer
cli = typer.Typer()
@click.command()
def one():  # runs: main
    helper()
@cli.command()
def two(): ...  # runs: main
def helper(): ...  # runs: main

#== asyncio.run in a script
import asyncio, time
async def main():  # runs: main
    time.sleep(1)
if __name__ == "__main__":
    asyncio.run(main())

#== A timer and an executor's map
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Timer
def load(n): ...  # runs: parallel
def later(): ...  # runs: none
def start(names):
    with ThreadPoolExecutor() as pool:
        pool.map(load, names)
    Timer(5, later).start()

#== aiohttp handlers
from aiohttp import web
routes = web.RouteTableDef()
@routes.get("/a")
async def a(request): ...  # runs: request
async def b(request): ...  # runs: request
app = web.Application()
app.router.add_get("/b", b)

#== Flask views run in threads of the server
import time
from flask import Flask
app = Flask(__name__)
@app.route("/a")
def read():  # runs: parallel, request
    time.sleep(1)  # finding: none

#== A class as a dependency
from fastapi import Depends, FastAPI
app = FastAPI()
class Filter:
    def __init__(self, n: int = 1):  # runs: parallel, request
        self.n = n
class Checker:
    def __call__(self, n: int = 1): ...  # runs: parallel, request
@app.get("/a")
async def read(filter=Depends(Filter), checked=Depends(Checker())): ...

#== A thread that is a class
from threading import Thread
class Worker(Thread):
    def run(self):  # runs: none
        self.work()
    def work(self): ...  # runs: none

#== Functions in lists and dicts are handed over
from starlette.applications import Starlette
def connect(): ...  # runs: startup
def warm(): ...  # runs: startup
def oops(request, error): ...  # runs: parallel, request
app = Starlette(on_startup=[connect, warm], exception_handlers={404: oops})

#== A function of the project hands on what it gets
import asyncio
from apscheduler.schedulers.asyncio import AsyncIOScheduler
class Jobs:
    def __init__(self):
        self.scheduler = AsyncIOScheduler()
    def every(self, seconds, job):
        self.add(job, seconds)
    def add(self, job, seconds):
        self.scheduler.add_job(job, "interval", seconds=seconds)
def tidy(): ...  # is: pool.entry, task.entry; runs: job, parallel, request
async def poll(): ...  # runs: job, request
def later(work):
    asyncio.get_running_loop().call_soon(work)
def soon(): ...  # is: loop.entry
def begin(jobs: Jobs):
    jobs.every(5, tidy)
    jobs.every(60, job=poll)
    later(soon)

#== A decorator of the project passes on what a library's decorator says
import functools
from celery import Celery
from discord.ext import commands
queue = Celery("shop")
def job(**options):
    return queue.task(bind=True, **options)
def logged(function):
    return queue.task(function)
def retried(times):
    def decorate(function):
        return queue.task(max_retries=times)(function)
    return decorate
@job(name="a")
def a(self): ...  # runs: job, request
@logged
def b(): ...  # runs: job, request
@retried(3)
def c(): ...  # runs: job, request

#== A closure that a decorator registers in place of the function
import functools
import dramatiq
def actor(**options):
    def decorate(function):
        @functools.wraps(function)
        async def run(*args):
            return await function(*args)
        dramatiq.actor(run, **options)
        return run
    return decorate
@actor(max_retries=3)
async def a(): ...  # runs: job, request

#== A group that the project makes is no command line
from discord.ext import commands
def group(name):
    def decorate(function):
        return commands.Group(function, name=name)
    return decorate
@group("shop")
async def shop(ctx): ...  # is: loop.entry
@shop.command()
async def buy(ctx): ...  # is: loop.entry

#== What start-up code gives to a function that makes a task of it runs on
import asyncio
class Server:
    def spawn(self, work):
        return asyncio.create_task(work)
    def run_soon(self, function, *args):
        return self.spawn(function(*args))
    async def poll(self): ...  # runs: none
    async def watch(self): ...  # runs: none
    async def load(self): ...  # runs: main
    async def start(self):  # runs: main
        self.spawn(self.poll())
        self.run_soon(self.watch)
        await self.load()
if __name__ == "__main__":
    asyncio.run(Server().start())

#== Trying out a class below the guard does not make its methods start-up code
#-- base.py
class Source:
    def load(self): ...
#-- box.py
from base import Source
class Box(Source):
    def load(self):  # runs: none
        self.page()
    def page(self): ...  # runs: none
class Script:
    def run(self): ...  # runs: main
if __name__ == "__main__":
    Box().load()
    Script().run()

#== What a loop does for ever is no start-up code
import asyncio, time
def handle(job): ...  # runs: none
def connect(): ...  # runs: main
def wait(): ...  # runs: main
def main():  # runs: main
    while True:
        if connect():
            break
    wait()
    while True:
        handle(next(jobs))
if __name__ == "__main__":
    main()

#== What a thread asks the loop to run is not in parallel
import asyncio, threading
async def tell(n): ...  # runs: none
def work(loop):  # runs: none
    asyncio.run_coroutine_threadsafe(tell(1), loop)
threading.Thread(target=work).start()

#== Dependencies in annotations
from typing import Annotated
from fastapi import APIRouter, Depends, Query
router = APIRouter()
def session(): ...  # runs: parallel, request
async def user(s: Annotated[int, Depends(session)]): ...  # runs: request
def later(): ...  # runs: parallel, request
User = Annotated[int, Depends(user)]
@router.get("/a")
async def read(u: User, n: Annotated[int, Query(ge=0)] = 0, *, x: Annotated[str, Depends(later)]): ...  # runs: request
