What an expression may be, and so what its methods are.

#== The result of a constructor
class Store:
    def load(self): ...
def read():
    store = Store()
    store.load()  # -> main.Store.load
    Store().load()  # -> main.Store.load

#== Annotations of parameters: plain, quoted, optional, unions
from typing import Annotated, Optional, Union
class Store:
    def load(self): ...
def plain(store: Store):
    store.load()  # -> main.Store.load
def quoted(store: "Store"):
    store.load()  # -> main.Store.load
def optional(store: Optional[Store]):
    store.load()  # -> main.Store.load
def quoted_inside(store: Optional["Store"] = None):
    store.load()  # -> main.Store.load
def new_style(store: Store | None):
    store.load()  # -> main.Store.load
def old_style(store: Union[Store, None]):
    store.load()  # -> main.Store.load
def annotated(store: Annotated[Store, "the big one"]):
    store.load()  # -> main.Store.load
def all_quoted(store: "Annotated[Optional[Store], 1]"):
    store.load()  # -> main.Store.load

#== One of two types
class Disk:
    def load(self): ...
class Net:
    def load(self): ...
def read(store: Disk | Net):
    store.load()  # -> main.Disk.load|?, main.Net.load|?

#== A name for a type
from typing import Annotated
from fastapi import Depends
class Store:
    def load(self): ...
def make(): ...
Given = Annotated[Store, Depends(make)]
Other = Store
def one(store: Given):
    store.load()  # -> main.Store.load
def two(store: Other):
    store.load()  # -> main.Store.load

#== What is entered to be closed
from contextlib import closing
class Store:
    def load(self): ...
def read():
    with closing(Store()) as store:
        store.load()  # -> main.Store.load

#== A new type is the old one by a second name
from typing import NewType
class Store:
    def load(self): ...
ReadStore = NewType("ReadStore", Store)
RareStore = NewType("RareStore", ReadStore)
def one(store: ReadStore):
    store.load()  # -> main.Store.load
def two(store: RareStore | None):
    store.load()  # -> main.Store.load
def three(store):
    ReadStore(store).load()  # -> main.Store.load

#== Elements of what is annotated as a collection
from collections.abc import Iterable, Mapping, Sequence
class Store:
    def load(self): ...
def of_list(stores: list[Store]):
    for store in stores:
        store.load()  # -> main.Store.load
    stores[0].load()  # -> main.Store.load
    [s.load() for s in stores]  # -> main.Store.load
def of_iterable(stores: "Iterable[Store]"):
    for store in stores:
        store.load()  # -> main.Store.load
def of_dict(stores: dict[str, Store], others: Mapping[str, Store]):
    stores["a"].load()  # -> main.Store.load
    for store in stores.values():
        store.load()  # -> main.Store.load
    for name, other in others.items():
        other.load()  # -> main.Store.load
def of_tuple(many: tuple[Store, ...], rest: Sequence[Store]):
    many[0].load()  # -> main.Store.load
    for n, one in enumerate(rest):
        one.load()  # -> main.Store.load

#== Variadic parameters
class Store:
    def load(self): ...
def read(*stores: Store, **named: Store):
    for store in stores:
        store.load()  # -> main.Store.load
    named["a"].load()  # -> main.Store.load

#== Attributes set in any method, also of a base class and in another file
#-- store.py
class Store:
    def load(self): ...
#-- base.py
from store import Store
class Base:
    def open(self):
        self.store = Store()
#-- main.py
from base import Base
class Service(Base):
    def __init__(self, other):
        self.other = other
    def read(self):
        self.store.load()  # -> store.Store.load

#== An attribute that receives a parameter with a type
class Store:
    def load(self): ...
class Service:
    def __init__(self, store: Store, spare: "Store | None" = None):
        self.store = store
        self._spare = spare or Store()
    def read(self):
        self.store.load()  # -> main.Store.load
        self._spare.load()  # -> main.Store.load

#== An attribute annotated in the class body
class Store:
    def load(self): ...
class Service:
    store: Store
    def read(self):
        self.store.load()  # -> main.Store.load

#== An attribute of an attribute
class Disk:
    def load(self): ...
class Store:
    def __init__(self):
        self.disk = Disk()
class Service:
    def __init__(self):
        self.store = Store()
    def read(self):
        self.store.disk.load()  # -> main.Disk.load

#== A library object in an attribute
import requests
class Service:
    def __init__(self):
        self.session = requests.Session()
    def read(self, url):
        return self.session.get(url, timeout=3)  # name: requests.Session.get; is: blocks.http

#== A variable of another module
#-- store.py
class Store:
    def load(self): ...
store = Store()
spare: Store = make()
#-- api.py
import store as module
from store import spare, store
def read():
    store.load()  # -> store.Store.load
    spare.load()  # -> store.Store.load
    module.store.load()  # -> store.Store.load

#== A module variable that a function fills
class Store:
    def load(self): ...
_store = None
def setup():
    global _store
    _store = Store()
def read():
    _store.load()  # -> main.Store.load

#== with as
class Store:
    def __enter__(self): return self
    def __exit__(self, *a): ...
    def load(self): ...
def read():
    with Store() as store:
        store.load()  # -> main.Store.load

#== with as, of a context manager made from a generator
import contextlib
from collections.abc import Iterator
class Store:
    def load(self): ...
@contextlib.contextmanager
def opened() -> Iterator[Store]:
    yield Store()
@contextlib.contextmanager
def bare():
    yield Store()
def read():
    with opened() as store:  # -> main.opened
        store.load()  # -> main.Store.load
    with bare() as other:
        other.load()  # -> main.Store.load

#== async with as
class Store:
    async def __aenter__(self): return self
    async def __aexit__(self, *a): ...
    def load(self): ...
async def read():
    async with Store() as store:
        store.load()  # -> main.Store.load

#== The annotation of a function's result
#-- store.py
class Store:
    def load(self): ...
def get_store() -> Store: ...
def maybe_store() -> "Store | None": ...
async def later() -> Store: ...
#-- api.py
from store import get_store, later, maybe_store
async def read():
    get_store().load()  # -> store.get_store, store.Store.load
    store = maybe_store()
    store.load()  # -> store.Store.load
    (await later()).load()  # -> store.later, store.Store.load
    other = await later()
    other.load()  # -> store.Store.load

#== The result of a function without annotation
class Store:
    def load(self): ...
def make():
    store = Store()
    return store
def make_again():
    return make()
make_again().load()  # -> main.make_again, main.Store.load

#== A method that returns self
class Query:
    def where(self): return self
    def run_all(self): ...
def read():
    Query().where().where().run_all()  # -> main.Query.where, main.Query.run_all

#== A parameter that Depends provides
from fastapi import Depends, FastAPI
class Store:
    def load(self): ...
def get_store() -> Store: ...
def bare_store():
    return Store()
def yielded():
    store = Store()
    yield store
app = FastAPI()
@app.get("/a")
def a(store: Store = Depends(get_store)):
    store.load()  # -> main.Store.load
@app.get("/b")
def b(store=Depends(get_store)):
    store.load()  # -> main.Store.load
@app.get("/c")
def c(store=Depends(bare_store)):
    store.load()  # -> main.Store.load
@app.get("/d")
def d(store=Depends(yielded)):
    store.load()  # -> main.Store.load
@app.get("/e")
def e(store: Store = Depends()):
    store.load()  # -> main.Store.load
@app.get("/f")
def f(store=Depends(Store)):
    store.load()  # -> main.Store.load

#== A default value
class Store:
    def load(self): ...
def read(store=Store()):
    store.load()  # -> main.Store.load

#== isinstance
class Disk:
    def load(self): ...
class Net:
    def load(self): ...
def read(store):
    if isinstance(store, Disk):
        store.load()  # -> main.Disk.load

#== isinstance of an attribute, after a guard that leaves
class Disk:
    def load(self): ...
class Net:
    def load(self): ...
def read(server):
    if not isinstance(server.store, Disk):
        raise RuntimeError("no disk")
    server.store.load()  # -> main.Disk.load

#== isinstance and something else
class Disk:
    def load(self): ...
class Net:
    def load(self): ...
def read(store, wanted):
    if isinstance(store, Disk) and wanted:
        store.load()  # -> main.Disk.load

#== One of two values
class Disk:
    def load(self): ...
class Net:
    def load(self): ...
def read(fast):
    store = Disk() if fast else Net()
    store.load()  # -> main.Disk.load|?, main.Net.load|?
    (None or Disk()).load()  # -> main.Disk.load

#== The later of two assignments
class Disk:
    def load(self): ...
class Net:
    def load(self): ...
def read():
    store = Disk()
    store.load()  # -> main.Disk.load
    store = Net()
    store.load()  # -> main.Net.load

#== An assignment in a branch
class Disk:
    def load(self): ...
class Net:
    def load(self): ...
def read(far):
    store = Disk()
    if far:
        store = Net()
    store.load()  # -> main.Disk.load|?, main.Net.load|?

#== An assignment expression
class Store:
    def load(self): ...
def read():
    if (store := Store()) is not None:
        store.load()  # -> main.Store.load

#== A name of an enclosing function
class Store:
    def load(self): ...
def outer():
    store = Store()
    def inner():
        store.load()  # -> main.Store.load
    inner()  # -> main.outer.inner

#== typing.cast
from typing import cast
class Store:
    def load(self): ...
def read(thing):
    cast(Store, thing).load()  # -> main.Store.load

#== A type that is handed in
from typing import Type
class Store:
    def load(self): ...
def read(kind: type[Store], other: Type[Store]):
    kind().load()  # -> main.Store.load
    other().load()  # -> main.Store.load

#== A type that depends on itself is nothing
def first():
    return second()
def second():
    return first()
class Node:
    def __init__(self):
        self.next = self.next
    def read(self):
        self.next.load()  # -> none
first().load()  # -> main.first

#== Library objects through results and annotations
import httpx
import requests
def make() -> requests.Session: ...
def made():
    return httpx.Client()
def read(url, given: "requests.Session | None" = None):
    make().get(url, timeout=3)  # -> main.make; name: requests.Session.get
    made().get(url)  # -> main.made; name: httpx.Client.get
    given.get(url, timeout=3)  # name: requests.Session.get
    with httpx.Client() as client:
        client.get(url)  # name: httpx.Client.get

#== A subclass of a library class
import requests
class Session(requests.Session):
    def login(self):
        self.get("https://a.example", timeout=3)  # name: requests.Session.get
Session().post("https://a.example", timeout=3)  # name: requests.Session.post

#== An unknown thing has no type
def read(store):
    store.load()  # -> none; name: none
    unknown().load()  # -> none

#== An annotated name for a type
from typing import TypeAlias
class Store:
    def load(self): ...
Other: TypeAlias = Store
def read(store: Other):
    store.load()  # -> main.Store.load
