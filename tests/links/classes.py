Methods, bases, objects.

#== A method by self, by its class and by super
class Base:
    def load(self): ...
    def close(self): ...
class Store(Base):
    def load(self):
        super().load()  # -> main.Base.load
    def read(self):
        self.load()  # -> main.Store.load
        self.close()  # -> main.Base.close
        Base.load(self)  # -> main.Base.load

#== A method that subclasses override: alternatives
class Base:
    def load(self): ...
    def read(self):
        return self.load()  # -> main.Disk.load|?, main.Net.load|?
class Disk(Base):
    def load(self): return open("a").read()
class Net(Base):
    def load(self): return 1

#== An effect counts if half of the implementations have it
import abc, time
class Base(abc.ABC):
    @abc.abstractmethod
    def load(self): ...
class Slow(Base):
    def load(self): time.sleep(1)
class Fast(Base):
    def load(self): return 1
def read(base: Base):  # reaches: blocks.sleep likely
    base.load()  # -> main.Fast.load|?, main.Slow.load|?

#== An effect of one implementation out of three does not count
import abc, time
class Base(abc.ABC):
    @abc.abstractmethod
    def load(self): ...
class Slow(Base):
    def load(self): time.sleep(1)
class Fast(Base):
    def load(self): return 1
class Faster(Base):
    def load(self): return 2
def read(base: Base):  # reaches: none
    base.load()

#== The only implementation of an abstract method is meant
import abc
class Base(abc.ABC):
    @abc.abstractmethod
    def load(self): ...
class Disk(Base):
    def load(self): return open("a")
def read(base: Base):
    base.load()  # -> main.Disk.load

#== A protocol and the class that fits it by inheritance
from typing import Protocol
class Loads(Protocol):
    def load(self): ...
class Disk(Loads):
    def load(self): return 1
def read(loads: Loads):
    loads.load()  # -> main.Disk.load

#== Bases in other files, several of them, in their order
#-- base.py
class Reads:
    def load(self): ...
class Writes:
    def load(self): ...
    def save(self): ...
#-- store.py
import base
class Store(base.Reads, base.Writes):
    def both(self):
        self.load()  # -> base.Reads.load
        self.save()  # -> base.Writes.save

#== super in a diamond follows the order of resolution
class Root:
    def load(self): ...
class Left(Root):
    def load(self):
        super().load()
class Right(Root):
    def load(self): ...
class Both(Left, Right):
    def load(self):
        super().load()  # -> main.Left.load

#== A mixin that comes later overrides what the bases share
class Root:
    def load(self): ...
class Plain(Root):
    def read(self): ...
class Mixin(Root):
    def load(self): ...
class Both(Plain, Mixin):
    def go(self):
        self.load()  # -> main.Mixin.load
        self.read()  # -> main.Plain.read

#== A deeper tree whose mixins share a root twice over
class Root:
    def load(self): ...
    def copy(self): ...
class Files(Root):
    def save(self): ...
class Async(Root):
    def load(self): ...
class Store(Files):
    def copy(self): ...
class AsyncFiles(Files, Async): ...
class AsyncStore(Store, AsyncFiles, Async):
    def go(self):
        self.load()  # -> main.Async.load
        self.copy()  # -> main.Store.copy
        self.save()  # -> main.Files.save

#== Bases in an order that Python refuses are looked into all the same
class Root:
    def load(self): ...
class Mixin(Root):
    def save(self): ...
class Odd(Root, Mixin):
    def go(self):
        self.load()  # -> main.Root.load
        self.save()  # -> main.Mixin.save

#== Class methods and static methods
class Store:
    @classmethod
    def make(cls):
        cls.check()  # -> main.Store.check
        return cls()
    @staticmethod
    def check(): ...
    def load(self): ...
Store.make()  # -> main.Store.make
Store.make().load()  # -> main.Store.make, main.Store.load
Store.check()  # -> main.Store.check

#== A constructor runs __init__, also that of a base
class Base:
    def __init__(self): ...
class Store(Base):
    pass
class Own(Base):
    def __init__(self):
        super().__init__()  # -> main.Base.__init__
Store()  # -> main.Base.__init__
Own()  # -> main.Own.__init__

#== A dataclass runs __post_init__
from dataclasses import dataclass
@dataclass
class Order:
    key: int
    def __post_init__(self): ...
Order(1)  # -> main.Order.__post_init__

#== Reading a property runs it, also a cached one
import functools
class Store:
    @property
    def size(self): return 1
    @functools.cached_property
    def names(self): return []
    def both(self):
        return self.size, self.names  # -> main.Store.size, main.Store.names
def read(store: Store):
    return store.size  # -> main.Store.size

#== Setting an attribute reads no property
class Store:
    @property
    def size(self): return 1
    @size.setter
    def size(self, value): ...
    def reset(self):
        self.size = 0  # -> none

#== The annotation of a property's result
class Disk:
    def load(self): ...
class Store:
    @property
    def disk(self) -> Disk: ...
def read(store: Store):
    store.disk.load()  # -> main.Store.disk, main.Disk.load

#== A call of an object runs __call__
class Loader:
    def __call__(self): ...
load = Loader()
load()  # -> main.Loader.__call__

#== Entering a context manager runs __enter__
class Lock:
    def __enter__(self): return self
    def __exit__(self, *a): ...
def read():
    with Lock() as lock:  # -> main.Lock.__enter__, main.Lock.__exit__
        pass

#== Iterating runs __iter__
class Rows:
    def __iter__(self): ...
def read(rows: Rows):
    for row in rows:  # -> main.Rows.__iter__
        pass

#== A nested class
class Store:
    class Page:
        def load(self): ...
    def read(self):
        Store.Page().load()  # -> main.Store.Page.load

#== A class made inside a function
def read():
    class Page:
        def load(self): ...
    Page().load()  # -> main.read.Page.load

#== A generic base class and its element
from typing import Generic, TypeVar
T = TypeVar("T")
class Disk:
    def load(self): ...
class Repository(Generic[T]):
    def get(self) -> T: ...
class Disks(Repository[Disk]):
    def first(self):
        self.get()  # -> main.Repository.get

#== A method of only one class of the project is likely meant
class Store:
    def load_customers(self): ...
def read(store):
    store.load_customers()  # -> main.Store.load_customers?

#== A method whose name everybody uses is not guessed
class Store:
    def get(self): ...
    def run(self): ...
def read(store):
    store.get()  # -> none
    store.run()  # -> none

#== A method that two classes have is not guessed
class Disk:
    def load_customers(self): ...
class Net:
    def load_customers(self): ...
def read(store):
    store.load_customers()  # -> none

#== Methods called through the class of an object
class Store:
    def read(self):
        type(self).load(self)  # -> main.Store.load
    def load(self): ...

#== A class attribute that holds a function
def fetch(): ...
class Store:
    load = staticmethod(fetch)
def read():
    Store.load()  # -> main.fetch

#== Methods called through __class__
class Store:
    def read(self):
        self.__class__.load(self)  # -> main.Store.load
    def load(self): ...
