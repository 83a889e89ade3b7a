# Which arm a place stands in, and whether control comes out at its end.
def rest(wait):
#- function rest(wait) id=1 parent=0
    if not wait:
        return
        #- arm not wait when=true id=1 parent=0 arm=0 exits
        #- return block=1
    after()
    #- arm not wait when=false id=2 parent=0 arm=1
    #- call after() fate=dropped block=2


def either(a):
#- function either(a) id=2 parent=0
    if a:
        one()
        #- arm a when=true id=1 parent=0 arm=0
        #- call one() fate=dropped block=1
    else:
        two()
        #- arm a when=false id=2 parent=0 arm=1
        #- call two() fate=dropped block=2
    after()
    #- call after() fate=dropped


def chain(a, b):
#- function chain(a, b) id=3 parent=0
    if a:
        one()
        #- arm a when=true id=1 parent=0 arm=0
        #- call one() fate=dropped block=1
    elif b():
    #- arm a when=false id=2 parent=0 arm=1
    #- call b() fate=used block=2
        two()
        #- arm b() when=true id=3 parent=2 arm=0
        #- call two() fate=dropped block=3
    else:
        three()
        #- arm b() when=false id=4 parent=2 arm=1
        #- call three() fate=dropped block=4


def chain_leaves(a, b):
#- function chain_leaves(a, b) id=4 parent=0
    if a:
        return 1
        #- arm a when=true id=1 parent=0 arm=0 exits
        #- return 1 block=1
    elif b:
    #- arm a when=false id=2 parent=0 arm=1
        raise Wrong()
        #- arm b when=true id=3 parent=2 arm=0 exits
        #- raise Wrong() block=3
        #- call Wrong() fate=used block=3
    after()
    #- arm a when=false id=4 parent=0 arm=1
    #- arm b when=false id=5 parent=4 arm=1
    #- call after() fate=dropped block=5


def else_leaves(a):
#- function else_leaves(a) id=5 parent=0
    if a:
        one()
        #- arm a when=true id=1 parent=0 arm=0
        #- call one() fate=dropped block=1
    else:
        return
        #- arm a when=false id=2 parent=0 arm=1 exits
        #- return block=2
    after()
    #- arm a when=true id=3 parent=0 arm=0
    #- call after() fate=dropped block=3


def all_leave(a, b):
#- function all_leave(a, b) id=6 parent=0
#- body id=0 exits
    if a:
        return 1
        #- arm a when=true id=1 parent=0 arm=0 exits
        #- return 1 block=1
    elif b:
    #- arm a when=false id=2 parent=0 arm=1 exits
        return 2
        #- arm b when=true id=3 parent=2 arm=0 exits
        #- return 2 block=3
    else:
        return 3
        #- arm b when=false id=4 parent=2 arm=1 exits
        #- return 3 block=4
    never()
    #- call never() fate=dropped


def middle_leaves(a, b):
#! body exits
#- function middle_leaves(a, b) id=7 parent=0
    if a:
        one()
        #- arm a when=true id=1 parent=0 arm=0
        #- call one() fate=dropped block=1
    elif b:
    #- arm a when=false id=2 parent=0 arm=1
        return
        #- arm b when=true id=3 parent=2 arm=0 exits
        #- return block=3
    after()
    #- call after() fate=dropped


def two_rests(a, b):
#- function two_rests(a, b) id=8 parent=0
    if a:
        return
        #- arm a when=true id=1 parent=0 arm=0 exits
        #- return block=1
    if b:
    #- arm a when=false id=2 parent=0 arm=1
        return
        #- arm b when=true id=3 parent=2 arm=0 exits
        #- return block=3
    after()
    #- arm b when=false id=4 parent=2 arm=1
    #- call after() fate=dropped block=4


def operators(a, b, c):
#- function operators(a, b, c) id=9 parent=0
    a and one()
    #- arm a when=true id=1 parent=0 arm=0
    #- call one() fate=dropped block=1
    a or two()
    #- arm a when=false id=2 parent=0 arm=1
    #- call two() fate=dropped block=2
    a and b and three()
    #- arm a when=true id=3 parent=0 arm=0
    #- arm b when=true id=4 parent=3 arm=0
    #- call three() fate=dropped block=4
    a and b or four()
    #- arm a when=true id=5 parent=0 arm=0
    #- arm (a and b) when=false id=6 parent=0 arm=1
    #- call four() fate=dropped block=6
    x = five() if a else six()
    #- write x assign value=(five() else six())
    #- arm a when=true id=7 parent=0 arm=0
    #- call five() fate=local into=x block=7
    #- arm a when=false id=8 parent=0 arm=1
    #- call six() fate=local into=x block=8
    y = seven() if a else eight() if b else nine()
    #- write y assign value=(seven() else (eight() else nine()))
    #- arm a when=true id=9 parent=0 arm=0
    #- call seven() fate=local into=y block=9
    #- arm a when=false id=10 parent=0 arm=1
    #- arm b when=true id=11 parent=10 arm=0
    #- call eight() fate=local into=y block=11
    #- arm b when=false id=12 parent=10 arm=1
    #- call nine() fate=local into=y block=12


def condition_call():
#- function condition_call() id=10 parent=0
    if first() and second():
    #- call first() fate=used
    #- arm first() when=true id=1 parent=0 arm=0
    #- call second() fate=used block=1
        third()
        #- arm (first() and second()) when=true id=2 parent=0 arm=0
        #- call third() fate=dropped block=2
    assert fourth(), fifth()
    #- call fourth() fate=used
    #- arm fourth() when=false id=3 parent=0 arm=1
    #- call fifth() fate=used block=3


def inner_block(a):
#- function inner_block(a) id=11 parent=0
    with lock:
    #- region lock id=1 parent=0
    #- enter lock fate=local
        if a:
            return
            #- arm a when=true id=2 parent=1 arm=0 exits
            #- return block=2
        inside()
        #- arm a when=false id=3 parent=1 arm=1
        #- call inside() fate=dropped block=3
    outside()
    #- call outside() fate=dropped


def with_leaves():
#- function with_leaves() id=12 parent=0
#- body id=0 exits
    with lock:
    #- region lock id=1 parent=0 exits
    #- enter lock fate=local
        return 1
        #- return 1 block=1


if TYPE_CHECKING:
    import only.types
    #- arm TYPE_CHECKING when=true id=1 parent=0 arm=0
    #- import only.types as=only type-checking block=1
else:
    import really
    #- arm TYPE_CHECKING when=false id=2 parent=0 arm=1
    #- import really as=really block=2

if not typing.TYPE_CHECKING:
    import at_run
    #- arm not typing.TYPE_CHECKING when=true id=3 parent=0 arm=0
    #- import at_run as=at_run block=3

try:
#- try id=4 parent=0 arm=0
    import fast
    #- import fast as=fast block=4
except ImportError:
#- handler ImportError id=5 parent=0 arm=1
    fast = None
    #- write fast assign value=None block=5
