# Each `for` of a comprehension is a loop, each `if` an arm, around the element.
def lists():
#- function lists() id=1 parent=0
    one = [each(x) for x in load()]
    #- write one assign value=[each(x) for]
    #- call each(x) fate=used block=1
    #- loop comprehension load() target=x id=1 parent=0
    #- write x iterate value=load() comprehension block=1
    #- call load() fate=used
    #- iterate load() fate=used block=1
    two = [each(x, y) for x in load() if good(x) for y in x.parts()]
    #- write two assign value=[each(x, y) for]
    #- call each(x, y) fate=used block=4
    #- loop comprehension load() target=x id=2 parent=0
    #- write x iterate value=load() comprehension block=2
    #- call load() fate=used
    #- iterate load() fate=used block=2
    #- arm good(x) when=true id=3 parent=2 arm=0
    #- call good(x) fate=used block=2
    #- loop comprehension x.parts() target=y id=4 parent=3
    #- write y iterate value=x.parts() comprehension block=4
    #- call x.parts() fate=used block=3
    #- iterate x.parts() fate=used block=4
    three = {key(x): value(x) for x, v in load().items()}
    #- write three assign value={key(x): value(x) for}
    #- call key(x) fate=used block=5
    #- call value(x) fate=used block=5
    #- loop comprehension load().items() target=(x, v) id=5 parent=0
    #- write x iterate value=load().items() element=0 comprehension block=5
    #- write v iterate value=load().items() element=1 comprehension block=5
    #- call load() fate=used
    #- call load().items() fate=used
    #- iterate load().items() fate=used block=5
    four = {each(x) for x in load()}
    #- write four assign value={each(x) for}
    #- call each(x) fate=used block=6
    #- loop comprehension load() target=x id=6 parent=0
    #- write x iterate value=load() comprehension block=6
    #- call load() fate=used
    #- iterate load() fate=used block=6
    five = list(each(x) for x in load())
    #- write five assign value=list((each(x) for))
    #- call list((each(x) for)) fate=local into=five
    #- call each(x) fate=used block=7
    #- loop generator load() target=x id=7 parent=0
    #- write x iterate value=load() comprehension block=7
    #- call load() fate=used
    #- iterate load() fate=used block=7
    six = [y := each(x) for x in load()]
    #- write six assign value=[(y := each(x)) for]
    #- write y assign value=each(x) block=8
    #- call each(x) fate=local into=y block=8
    #- loop comprehension load() target=x id=8 parent=0
    #- write x iterate value=load() comprehension block=8
    #- call load() fate=used
    #- iterate load() fate=used block=8
    seven = [[inner(y) for y in x] for x in rows]
    #- write seven assign value=[[inner(y) for] for]
    #- call inner(y) fate=used block=10
    #- loop comprehension x target=y id=10 parent=9
    #- write y iterate value=x comprehension block=10
    #- iterate x fate=used block=10
    #- loop comprehension rows target=x id=9 parent=0
    #- write x iterate value=rows comprehension block=9
    #- iterate rows fate=used block=9


async def asynchronous():
#- function asynchronous() id=2 parent=0 async
    one = [x async for x in stream()]
    #- write one assign value=[x for]
    #- loop comprehension stream() target=x id=1 parent=0 async
    #- write x iterate value=stream() async comprehension block=1
    #- call stream() fate=used awaited
    #- await stream() fate=used block=1
    two = [await each(x) for x in items]
    #- write two assign value=[await each(x) for]
    #- call each(x) fate=used awaited block=2
    #- loop comprehension items target=x id=2 parent=0
    #- write x iterate value=items comprehension block=2
    #- iterate items fate=used block=2
    three = (x async for x in source if await good(x))
    #- write three assign value=(x for)
    #- loop generator source target=x id=3 parent=0 async
    #- write x iterate value=source async comprehension block=3
    #- await source fate=used block=3
    #- arm await good(x) when=true id=4 parent=3 arm=0
    #- call good(x) fate=used awaited block=3


def kinds():
#- function kinds() id=3 parent=0
    for element in (each(x) for x in items):
    #- loop for (each(x) for) target=element id=2 parent=0 arm=0
    #- write element iterate value=(each(x) for) block=2
    #- iterate (each(x) for) fate=used block=2
    #- call each(x) fate=used block=1
    #- loop generator items target=x id=1 parent=0
    #- write x iterate value=items comprehension block=1
    #- iterate items fate=used block=1
        pass
