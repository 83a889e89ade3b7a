# Loops: the iterable is evaluated around, the target and the steps inside, a while condition at each pass.
def loops(items):
#- function loops(items) id=1 parent=0
    for item in load():
    #- loop for load() target=item id=1 parent=0 arm=0
    #- write item iterate value=load() block=1
    #- call load() fate=used
    #- iterate load() fate=used block=1
        each(item)
        #- call each(item) fate=dropped block=1
    else:
    #- else id=2 parent=0 arm=0
        done()
        #- call done() fate=dropped block=2
    for i, (a, *b) in enumerate(items):
    #- loop for enumerate(items) target=(i, (a, *b)) id=3 parent=0 arm=0
    #- write i iterate value=enumerate(items) element=0 block=3
    #- write a iterate value=enumerate(items) element=-2 block=3
    #- write b iterate value=enumerate(items) element=-2 block=3
    #- call enumerate(items) fate=used
    #- iterate enumerate(items) fate=used block=3
        pass
    for self.x in items:
    #- loop for items target=self.x id=4 parent=0 arm=0
    #- write self.x iterate value=items block=4
    #- iterate items fate=used block=4
        pass
    while more():
    #- loop while more() id=5 parent=0 arm=0
    #- call more() fate=used block=5
        each()
        #- call each() fate=dropped block=5
    else:
    #- else id=6 parent=0 arm=0
        done()
        #- call done() fate=dropped block=6


async def steps(stream):
#- function steps(stream) id=2 parent=0 async
    async for item in stream:
    #- loop for stream target=item id=1 parent=0 arm=0 async
    #- write item iterate value=stream async block=1
    #- await stream fate=used block=1
        pass
    async for item in open_stream():
    #- loop for open_stream() target=item id=2 parent=0 arm=0 async
    #- write item iterate value=open_stream() async block=2
    #- call open_stream() fate=used awaited
    #- await open_stream() fate=used block=2
        pass


def endless():
#- function endless() id=3 parent=0
#- body id=0 exits
    while True:
    #- loop while True id=1 parent=0 arm=0
        work()
        #- call work() fate=dropped block=1


def ends():
#! body exits
#- function ends() id=4 parent=0
    while True:
    #- loop while True id=1 parent=0 arm=0
        if stop():
        #- call stop() fate=used block=1
            break
            #- arm stop() when=true id=2 parent=1 arm=0 exits
        work()
        #- arm stop() when=false id=3 parent=1 arm=1
        #- call work() fate=dropped block=3
    after()
    #- call after() fate=dropped


def inner_break():
#- function inner_break() id=5 parent=0
#- body id=0 exits
    while 1:
    #- loop while 1 id=1 parent=0 arm=0
        for x in y:
        #- loop for y target=x id=2 parent=1 arm=0 exits
        #- write x iterate value=y block=2
        #- iterate y fate=used block=2
            break


def leaves(items):
#! body exits
#- function leaves(items) id=6 parent=0
    for item in items:
    #- loop for items target=item id=1 parent=0 arm=0 exits
    #- write item iterate value=items block=1
    #- iterate items fate=used block=1
        if skip(item):
        #- call skip(item) fate=used block=1
            continue
            #- arm skip(item) when=true id=2 parent=1 arm=0 exits
        if bad(item):
        #- arm skip(item) when=false id=3 parent=1 arm=1 exits
        #- call bad(item) fate=used block=3
            break
            #- arm bad(item) when=true id=4 parent=3 arm=0 exits
        return item
        #- arm bad(item) when=false id=5 parent=3 arm=1 exits
        #- return item block=5
    after()
    #- call after() fate=dropped


def walks():
#- function walks() id=7 parent=0
    for x in *head, *tail:
    #- loop for (*head, *tail) target=x id=1 parent=0 arm=0
    #- write x iterate value=(*head, *tail) block=1
    #- iterate (*head, *tail) fate=used block=1
        pass
    for x, in rows:
    #- loop for rows target=(x,) id=2 parent=0 arm=0
    #- write x iterate value=rows element=0 block=2
    #- iterate rows fate=used block=2
        pass
