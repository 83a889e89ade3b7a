# `match`: every case is an arm of one group; names in patterns are writes.
def matched(command):
#- function matched(command) id=1 parent=0
    match read(command):
    #- call read(command) fate=used
        case "quit":
        #- arm id=1 parent=0 arm=0
            leave()
            #- call leave() fate=dropped block=1
        case [first, *others]:
        #- arm id=2 parent=0 arm=1
        #- write first match value=read(command) element=0 block=2
        #- write others match value=read(command) element=-2 block=2
            many(first)
            #- call many(first) fate=dropped block=2
        case {"key": value, **more}:
        #- arm id=3 parent=0 arm=2
        #- write value match value=read(command) element=-2 block=3
        #- write more match value=read(command) element=-2 block=3
            table(value)
            #- call table(value) fate=dropped block=3
        case Point(x=0, y=other) as point:
        #- arm id=4 parent=0 arm=3
        #- write point match value=read(command) block=4
        #- write other match value=read(command) element=-2 block=4
            found(point)
            #- call found(point) fate=dropped block=4
        case geometry.Circle(radius) | Square(radius):
        #- arm id=5 parent=0 arm=4
        #- write radius match value=read(command) element=-2 block=5
        #- write radius match value=read(command) element=-2 block=5
            round_or_square(radius)
            #- call round_or_square(radius) fate=dropped block=5
        case Color.RED | None | True | -1 | 1 + 2j:
        #- arm id=6 parent=0 arm=5
            constant()
            #- call constant() fate=dropped block=6
        case (left, (right, _)) if left > limit():
        #- arm id=7 parent=0 arm=6
        #- write left match value=read(command) element=0 block=7
        #- write right match value=read(command) element=-2 block=7
        #- call limit() fate=used block=7
            guarded(right)
            #- arm left > limit() when=true id=8 parent=7 arm=0
            #- call guarded(right) fate=dropped block=8
        case 1, second:
        #- arm id=9 parent=0 arm=7
        #- write second match value=read(command) element=1 block=9
            bare(second)
            #- call bare(second) fate=dropped block=9
        case str(text):
        #- arm id=10 parent=0 arm=8
        #- write text match value=read(command) element=-2 block=10
            pass
        case captured:
        #- arm id=11 parent=0 arm=9
        #- write captured match value=read(command) block=11
            pass


def covers(x):
#- function covers(x) id=2 parent=0
#- body id=0 exits
    match x:
        case 1:
        #- arm id=1 parent=0 arm=0 exits
            return "one"
            #- return "one" block=1
        case _:
        #- arm id=2 parent=0 arm=1 exits
            return "other"
            #- return "other" block=2
    never()
    #- call never() fate=dropped


def open_end(x):
#! body exits
#- function open_end(x) id=3 parent=0
    match x:
        case 1:
        #- arm id=1 parent=0 arm=0 exits
            return "one"
            #- return "one" block=1
        case other if other > 2:
        #! arm id=2 exits
        #- arm id=2 parent=0 arm=1
        #- write other match value=x block=2
            return "more"
            #- arm other > 2 when=true id=3 parent=2 arm=0 exits
            #- return "more" block=3
    after()
    #- call after() fate=dropped


def names(match, case, type, _):
#- function names(match, case, type, _) id=4 parent=0
    match = case
    #- write match assign value=case
    match.group(1)
    #- call match.group(1) fate=dropped
    type(match)
    #- call type(match) fate=dropped
    match, case = type, _
    #- write match assign value=type
    #- write case assign value=_
    print(match)
    #- call print(match) fate=dropped
