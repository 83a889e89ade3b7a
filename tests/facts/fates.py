# What becomes of the value of a call.
async def fates(self, client, **more):
#- function fates(self, client, **more) id=1 parent=0 async
#- body id=0 exits
    dropped()
    #- call dropped() fate=dropped
    await dropped_too()
    #- call dropped_too() fate=dropped awaited
    local = made()
    #- write local assign value=made()
    #- call made() fate=local into=local
    local = await made()
    #- write local assign value=await made()
    #- call made() fate=local into=local awaited
    self.kept = await made(1)
    #- write self.kept assign value=await made(1)
    #- call made(1) fate=kept into=self.kept awaited
    with entered() as handle, entered(1):
    #- region entered() target=handle id=1 parent=0
    #- call entered() fate=local into=handle
    #- enter entered() fate=local into=handle
    #- write handle enter value=entered() block=1
    #- region entered(1) id=2 parent=1
    #- call entered(1) fate=local block=1
    #- enter entered(1) fate=local block=1
        pass
    return returned(passed(), *passed(1), name=passed(2), **passed(3))
    #- return returned(passed(), *passed(1), name=passed(2), **passed(3))
    #- call returned(passed(), *passed(1), name=passed(2), **passed(3)) fate=returned
    #- call passed() fate=passed
    #- call passed(1) fate=passed
    #- call passed(2) fate=passed
    #- call passed(3) fate=passed


def generate():
#- function generate() id=2 parent=0 generator
#- body id=0 exits
    yield produced()
    #- yield produced()
    #- call produced() fate=returned
    yield from produced(1)
    #- yield-from produced(1)
    #- call produced(1) fate=returned
    got = yield produced(2)
    #- write got assign value=yield produced(2)
    #- yield produced(2)
    #- call produced(2) fate=returned
    return await_it(), element()
    #- return (await_it(), element())
    #- call await_it() fate=used
    #- call element() fate=used


def used(a):
#- function used(a) id=3 parent=0
#- body id=0 exits
    receiver().method().attribute
    #- call receiver() fate=used
    #- call receiver().method() fate=used
    a + operand()
    #- call operand() fate=used
    if condition():
    #- call condition() fate=used
        pass
        #- arm condition() when=true id=1 parent=0 arm=0
    while condition(1):
    #- loop while condition(1) id=2 parent=0 arm=0
    #- call condition(1) fate=used block=2
        pass
    assert condition(2), message()
    #- call condition(2) fate=used
    #- arm condition(2) when=false id=3 parent=0 arm=1
    #- call message() fate=used block=3
    raise error() from reason()
    #- raise error() cause=reason()
    #- call error() fate=used
    #- call reason() fate=used
    for item in iterated():
    #- loop for iterated() target=item id=4 parent=0 arm=0
    #- write item iterate value=iterated() block=4
    #- call iterated() fate=used
    #- iterate iterated() fate=used block=4
        pass
    pair = [element(), {key(): value()}]
    #- write pair assign value=[element(), {key(): value()}]
    #- call element() fate=used
    #- call key() fate=used
    #- call value() fate=used
    text = f"{hole()}"
    #- write text assign value=format""{hole()}
    #- call hole() fate=used
    table[index()]
    #- call index() fate=used
    a < compared()
    #- call compared() fate=used
    not negated()
    #- call negated() fate=used
    del holder().x
    #- write holder().x delete
    #- call holder() fate=used
    a += added()
    #- write a update op=+ value=added()
    #- call added() fate=used


def through(flag):
#- function through(flag) id=4 parent=0
#- body id=0 exits
    one = left() or right()
    #- write one assign value=(left() or right())
    #- call left() fate=local into=one
    #- arm left() when=false id=1 parent=0 arm=1
    #- call right() fate=local into=one block=1
    one = left() and right()
    #- write one assign value=(left() and right())
    #- call left() fate=local into=one
    #- arm left() when=true id=2 parent=0 arm=0
    #- call right() fate=local into=one block=2
    one = then() if condition() else other()
    #- write one assign value=(then() else other())
    #- arm condition() when=true id=3 parent=0 arm=0
    #- call then() fate=local into=one block=3
    #- call condition() fate=used
    #- arm condition() when=false id=4 parent=0 arm=1
    #- call other() fate=local into=one block=4
    flag and dropped()
    #- arm flag when=true id=5 parent=0 arm=0
    #- call dropped() fate=dropped block=5
    return then() if flag else other()
    #- return (then() else other())
    #- arm flag when=true id=6 parent=0 arm=0
    #- call then() fate=returned block=6
    #- arm flag when=false id=7 parent=0 arm=1
    #- call other() fate=returned block=7


def chained():
#- function chained() id=5 parent=0
#- body id=0 exits
    return open(path).read().strip()
    #- return open(path).read().strip()
    #- call open(path) fate=used
    #- call open(path).read() fate=used
    #- call open(path).read().strip() fate=returned


def make(client=Client()):
#- call Client() fate=kept
#- function make(client=Client()) id=6 parent=0
#- body id=0 exits
    return lambda x=default(): inner(x)
    #- return lambda#7
    #- call default() fate=kept
    #- lambda <lambda>(x=default()) id=7 parent=6
    #- body id=0 exits
    #- call inner(x) fate=returned
    #- return inner(x)


async def waits(task, a, b):
#- function waits(task, a, b) id=8 parent=0 async
#- body id=0 exits
    await task
    #- await task fate=dropped
    result = await task
    #- write result assign value=await task
    #- await task fate=local into=result
    await (call())
    #- call call() fate=dropped awaited
    await (a() if flag else b)
    #- await (a() else b) fate=dropped
    #- arm flag when=true id=1 parent=0 arm=0
    #- call a() fate=dropped awaited block=1
    #- arm flag when=false id=2 parent=0 arm=1
    await asyncio.wait_for(inner(), timeout=1)
    #- call asyncio.wait_for(inner(), timeout=1) fate=dropped awaited
    #- call inner() fate=passed
    return [await one(x) for x in items]
    #- return [await one(x) for]
    #- call one(x) fate=used awaited block=3
    #- loop comprehension items target=x id=3 parent=0
    #- write x iterate value=items comprehension block=3
    #- iterate items fate=used block=3


def generator_argument(items):
#- function generator_argument(items) id=9 parent=0
#- body id=0 exits
    return sum(cost(item) for item in items)
    #- return sum((cost(item) for))
    #- call sum((cost(item) for)) fate=returned
    #- call cost(item) fate=used block=1
    #- loop generator items target=item id=1 parent=0
    #- write item iterate value=items comprehension block=1
    #- iterate items fate=used block=1
