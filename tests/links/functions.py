What runs when something is called, decorated, wrapped or handed over.

#== Nested functions, in the order of scopes
def load(): ...
def outer():
    def load(): ...
    def inner():
        load()  # -> main.outer.load
    inner()  # -> main.outer.inner
load()  # -> main.load

#== A method does not see the names of its class
def load(): ...
class Store:
    def load(self): ...
    def read(self):
        load()  # -> main.load

#== A lambda
import time
later = lambda: time.sleep(1)
def read():  # reaches: blocks.sleep
    later()

#== A lambda that is only handed over does not run here
import time
def read(queue):  # reaches: none
    queue.put(lambda: time.sleep(1))

#== A nested function that is only returned does not run here
import time
def make():  # reaches: none
    def later():
        time.sleep(1)
    return later
def read():  # reaches: blocks.sleep
    make()()

#== A decorator is called where the function is defined
registry = []
def register(function):
    registry.append(function)
    return function
@register  # -> main.register
def load(): ...
load()  # -> main.load

#== A decorator of one's own that wraps: calls run wrapper and function
import functools, time
def slow(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        time.sleep(1)
        return function(*args, **kwargs)
    return wrapper
@slow
def load(): return 1
def read():  # reaches: blocks.sleep
    load()

#== What a wrapper calls is still reached
import functools, time
def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print("called")
        return function(*args, **kwargs)
    return wrapper
@logged
def load():
    time.sleep(1)
def read():  # reaches: blocks.sleep
    load()

#== A decorator with arguments
import functools, time
def logged(name):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)
        return wrapper
    return decorate
@logged("a")
def load():
    time.sleep(1)
def read():  # reaches: blocks.sleep
    load()

#== An async wrapper that hands the function to a thread
import asyncio, functools, time
def in_thread(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        return await asyncio.to_thread(function, *args, **kwargs)
    return wrapper
@in_thread
def load():
    time.sleep(1)
async def read():  # reaches: none; finding: none
    await load()

#== The functions of a wrapper's other users are not those of this one
import functools, time
def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper
@logged
def slow():
    time.sleep(1)
@logged
def fast():
    return 1
def read_fast():  # reaches: none
    fast()
def read_slow():  # reaches: blocks.sleep
    slow()

#== functools.partial
import functools, time
def load(seconds, name):
    time.sleep(seconds)
quick = functools.partial(load, 1)
def read():  # reaches: blocks.sleep
    quick("a")
def only_made():  # reaches: none
    return functools.partial(load, 1)

#== A partial handed to a thread
import asyncio, functools, time
def load(seconds):
    time.sleep(seconds)
async def read():  # reaches: none; finding: none
    await asyncio.to_thread(functools.partial(load, 1))

#== A function handed to a function that calls it
import time
def apply(function, value):
    return function(value)
def keep(function, value):
    return [function, value]
def load(value):
    time.sleep(value)
def read():  # reaches: blocks.sleep
    return apply(load, 1)  # -> main.apply, main.load
def store():  # reaches: none
    return keep(load, 1)  # -> main.keep

#== Memo decorators keep the function
import functools, time
@functools.lru_cache(maxsize=8)
def load(key):
    time.sleep(1)
def read(key):  # reaches: blocks.sleep amortised
    load(key)  # -> main.load

#== Functions of the same name in two branches
import sys
if sys.platform == "win32":
    def load(): ...
else:
    def load(): ...
load()  # -> main.load|?

#== A function defined again: the later one counts
def load(): ...
def load(): return 1
load()  # -> main.load

#== Overloads are not called
from typing import overload
@overload
def load(key: int) -> int: ...
@overload
def load(key: str) -> str: ...
def load(key):
    return open(key)
load(1)  # -> main.load

#== map, filter and sorted run what they are given
import time
def load(key):
    time.sleep(1)
def read(keys):  # reaches: blocks.sleep
    return sorted(keys, key=load)

#== Recursion
import time
def walk(node):  # reaches: blocks.sleep
    time.sleep(1)
    for child in node.children:
        walk(child)  # -> main.walk

#== Recursion of several functions, and no end of the search
import time
def even(n):  # reaches: blocks.sleep
    return odd(n - 1)
def odd(n):  # reaches: blocks.sleep
    time.sleep(1)
    return even(n - 1)
def lost(n):  # reaches: none
    return lost_too(n)
def lost_too(n):  # reaches: none
    return lost(n)

#== Functions kept in a table
import time
def slow():
    time.sleep(1)
def fast(): ...
one = {"a": slow}
both = {"a": slow, "b": fast}
def read(name):  # reaches: blocks.sleep
    one[name]()  # -> main.slow
def any_of(name):
    both[name]()  # -> main.fast|?, main.slow|?
