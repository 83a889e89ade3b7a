# Functions: parameters, decorators, defaults, and what is evaluated where.
@app.get("/items", tags=["a"])
#- call app.get("/items", tags=["a"]) fate=used
#- decorator app.get("/items", tags=["a"]) fate=kept function=1
@limited
#- decorator limited fate=kept function=1
async def endpoint(a, b: int, /, c: str = "x", *args: int, d, e: float = make(), **rest: Any) -> "list[Item]":
#- call make() fate=kept
#- function endpoint(a, b: int, /, c: str="x", *args: int, d, e: float=make(), **rest: Any) -> list[Item] id=1 parent=0 async decorators=[app.get("/items", tags=["a"]), limited]
    await work()
    #- call work() fate=dropped awaited


def star_only(*, key=None, other): ...
#- function star_only(*, key=None, other) id=2 parent=0 trivial


def documented():
#- function documented() id=3 parent=0 trivial
    """Says what it does."""


def refuses(self):
#- function refuses(self) id=4 parent=0 trivial
#- body id=0 exits
    """Says why."""
    raise NotImplementedError("later")
    #- raise NotImplementedError("later")
    #- call NotImplementedError("later") fate=used


def passes(): pass
#- function passes() id=5 parent=0 trivial


def counts():
#- function counts() id=6 parent=0 generator
    yield 1
    #- yield 1


async def streams():
#- function streams() id=7 parent=0 async generator
    yield await one()
    #- yield await one()
    #- call one() fate=returned awaited


def outer():
#- function outer() id=8 parent=0
#- body id=0 exits
    @wraps(outer)
    #- call wraps(outer) fate=used
    #- decorator wraps(outer) fate=local function=9
    #- body id=0 exits
    def inner(x=default()):
    #- call default() fate=kept
    #- function inner(x=default()) id=9 parent=8 decorators=[wraps(outer)]
        return deeper()
        #- return deeper()
        #- call deeper() fate=returned

    return inner
    #- return inner


double = lambda x, *, y=default(): twice(x)
#- write double assign value=lambda#10
#- call default() fate=kept
#- lambda <lambda>(x, *, y=default()) id=10 parent=0
#- body id=0 exits
#- call twice(x) fate=returned
#- return twice(x)
later = lambda: (yield)
#- write later assign value=lambda#11
#- lambda <lambda>() id=11 parent=0 generator
#- body id=0 exits
#- return yield
#- yield
nested = lambda: lambda: deep()
#- write nested assign value=lambda#12
#- lambda <lambda>() id=12 parent=0
#- body id=0 exits
#- return lambda#13
#- lambda <lambda>() id=13 parent=12
#- body id=0 exits
#- call deep() fate=returned
#- return deep()


def returns_lambda():
#- function returns_lambda() id=14 parent=0
#- body id=0 exits
    return sorted(items, key=lambda item: item.rank())
    #- return sorted(items, key=lambda#15)
    #- call sorted(items, key=lambda#15) fate=returned
    #- lambda <lambda>(item) id=15 parent=14
    #- body id=0 exits
    #- call item.rank() fate=returned
    #- return item.rank()


@(lambda f: f)
#- decorator lambda#16 fate=kept function=17
#- lambda <lambda>(f) id=16 parent=0
#- body id=0 exits
#- return f
def odd_decorator(): ...
#- function odd_decorator() id=17 parent=0 trivial decorators=[lambda#16]


@registry["name"].add
#- decorator registry["name"].add fate=kept class=0
class Decorated:
#- class-body Decorated id=18 parent=0 owner=0 trivial
#- class Decorated id=0 scope=0 body=18 decorators=[registry["name"].add]
    pass


def generic[T: Base, *Ts, **P](x: T, *args: *Ts) -> T:
#- function generic(x: T, *args: *Ts) -> T id=19 parent=0
#- body id=0 exits
    return x
    #- return x


def defaults[T = int](x: T): ...
#- function defaults(x: T) id=20 parent=0 trivial


if condition:
    def conditional(): ...
    #- arm condition when=true id=1 parent=0 arm=0
    #- function conditional() id=21 parent=0 block=1 trivial
