# Remnants of Python 2 give a note and what their operands call.
def old(name):
#- function old(name) id=1 parent=0
    print "hello", name()
    #- call name() fate=used
    #- note a statement of Python 2, of which only the operands were read
    print >> out, name(1)
    #- call name(1) fate=used
    exec code in scope(2)
    #- call scope(2) fate=used
    try:
    #- try id=1 parent=0 arm=0
        work()
        #- call work() fate=dropped block=1
    except ValueError, error:
    #- handler (ValueError, error) id=2 parent=0 arm=1
        print error
        #- note a statement of Python 2, of which only the operands were read
    if a <> b:
        pass
        #- arm a <> b when=true id=3 parent=0 arm=0
    print
    print(name(3))
    #- call print(name(3)) fate=dropped
    #- call name(3) fate=passed


def tuple_parameter((a, b), c):
#- function tuple_parameter(c) id=2 parent=0
#- body id=0 exits
    return a
    #- return a
