Where a name of another file leads.

#== A module imported by its name
#-- store.py
def load(): ...
#-- api.py
import store
store.load()  # -> store.load

#== A name imported from a module, under another name
#-- store.py
def load(): ...
#-- api.py
from store import load as fetch
fetch()  # -> store.load

#== A module of a package imported as something else
#-- app/__init__.py
#-- app/store.py
def load(): ...
#-- api.py
import app.store as s
s.load()  # -> app.store.load

#== A module of a package by its whole dotted name
#-- app/__init__.py
#-- app/store.py
def load(): ...
#-- api.py
import app.store
app.store.load()  # -> app.store.load

#== A submodule imported from its package
#-- app/__init__.py
#-- app/store.py
def load(): ...
#-- api.py
from app import store
store.load()  # -> app.store.load

#== Relative imports from the same package and from the one above
#-- app/__init__.py
#-- app/store.py
def load(): ...
#-- app/api/__init__.py
from ..store import load
load()  # -> app.store.load
#-- app/api/users.py
from . import helper
from .helper import check
from .. import store
from ..store import load
helper.check()  # -> app.api.helper.check
check()  # -> app.api.helper.check
store.load()  # -> app.store.load
load()  # -> app.store.load
#-- app/api/helper.py
def check(): ...

#== A function re-exported by its package, and by the package above
#-- app/__init__.py
from .data import load
#-- app/data/__init__.py
from .store import load
#-- app/data/store.py
def load(): ...
#-- api.py
from app import load
import app
load()  # -> app.data.store.load
app.load()  # -> app.data.store.load

#== A star import, and one that passes through a second file
#-- store.py
def load(): ...
#-- middle.py
from store import *
#-- api.py
from middle import *
load()  # -> store.load

#== A star import of what __all__ names
#-- store.py
__all__ = ["load"]
def load(): ...
def keep(): ...
#-- api.py
from store import *
load()  # -> store.load

#== A definition of one's own hides a star import
#-- store.py
def load(): ...
#-- api.py
from store import *
def load(): ...
load()  # -> api.load

#== An import that only the type checker sees
#-- store.py
class Store:
    def load(self): ...
#-- api.py
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from store import Store
def read(store: Store):
    store.load()  # -> store.Store.load

#== An import inside a function
#-- store.py
def load(): ...
#-- api.py
def read():
    from store import load
    load()  # -> store.load

#== An import with a fallback
#-- fast.py
def load(): ...
#-- slow.py
def load(): ...
#-- api.py
try:
    from fast import load
except ImportError:
    from slow import load
load()  # -> fast.load|?, slow.load|?

#== Imports that go in a circle
#-- a.py
from b import second
def first():
    second()  # -> b.second
#-- b.py
from a import first
def second():
    first()  # -> a.first

#== A name that leads back to itself means nothing
#-- a.py
from b import load
#-- b.py
from a import load
load()  # -> none

#== A src layout
#-- pyproject.toml
#-- src/shop/__init__.py
#-- src/shop/store.py
def load(): ...
#-- src/shop/api.py
from shop.store import load
load()  # -> shop.store.load

#== A namespace package has no __init__
#-- src/acme/billing/store.py
def load(): ...
#-- src/acme/api/main.py
from acme.billing.store import load
from acme.billing import store
load()  # -> acme.billing.store.load
store.load()  # -> acme.billing.store.load

#== Two servers in one repository, each with utils of its own
#-- orders/pyproject.toml
#-- orders/app/__init__.py
#-- orders/app/utils.py
def load(): return "orders"
#-- orders/app/main.py
from app.utils import load
load()  # -> app.utils.load; name: none
#-- users/pyproject.toml
#-- users/app/__init__.py
#-- users/app/utils.py
import time
def load(): time.sleep(1)
#-- users/app/main.py
from app.utils import load
async def read():
    load()  # finding: async-blocking-call

#== A file started as a script sees its neighbours
#-- tools/store.py
def load(): ...
#-- tools/run.py
from store import load
load()  # -> tools.store.load

#== A folder named like a library hides it only at the root
#-- app/__init__.py
#-- app/requests.py
def get(url): ...
#-- app/api.py
import requests
from . import requests as ours
requests.get("https://a.example", timeout=3)  # -> none; name: requests.get
ours.get("https://a.example")  # -> app.requests.get

#== A library under another name, through a file of the project
#-- http.py
from requests import get as fetch
#-- api.py
from http import fetch
fetch("https://a.example", timeout=3)  # name: requests.get

#== A re-exported library module
#-- compat.py
import requests as http
#-- api.py
from compat import http
http.get("https://a.example", timeout=3)  # name: requests.get

#== A package that offers a module of its own under a shorter name
#-- app/__init__.py
from . import storage as store
#-- app/storage.py
def load(): ...
#-- api.py
import app
from app import store
app.store.load()  # -> app.storage.load
store.load()  # -> app.storage.load

#== A local name hides an import
#-- store.py
def load(): ...
#-- api.py
from store import load
def read(load):
    load()  # -> none
def write():
    load = make()
    load()  # -> none

#== An alias at module level
#-- store.py
def load(): ...
fetch = load
#-- api.py
import store
from store import fetch
read = store.load
fetch()  # -> store.load
read()  # -> store.load

#== A star import leaves out what begins with an underscore
#-- store.py
def load(): ...
def _hidden(): ...
#-- api.py
from store import *
load()  # -> store.load
_hidden()  # -> none

#== A module imported by a call
#-- store.py
def load(): ...
#-- api.py
from importlib import import_module
store = import_module("store")
store.load()  # -> store.load

#== A module imported by a function of the project that says so
#-- store.py
def load(): ...
#-- lazy.py
from types import ModuleType
def lazy_import(name: str, hint: str = "") -> ModuleType: ...
#-- api.py
from lazy import lazy_import
store = other = lazy_import("store", hint="install it")
def read():
    store.load()  # -> store.load
