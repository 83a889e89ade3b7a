# What does not parse gives a note, and the rest its facts.
def before():
#- function before() id=1 parent=0
    one()
    #- call one() fate=dropped


def broken(:
#- function broken() id=2 parent=0
#- note this does not parse as Python and was read in part only
    two()
    #- call two() fate=dropped


def after():
#- function after() id=3 parent=0
    three()
    #- call three() fate=dropped
    x = = 1
    #- write x assign value=1
    #- note this does not parse as Python and was read in part only
    four()
    #- call four() fate=dropped


class Holder:
#- class-body Holder id=4 parent=0 owner=0
#- class Holder id=0 scope=0 body=4
    def method(self):
    #- function method(self) id=5 parent=4 owner=0
        five(
        #- note this does not parse as Python and was read in part only
        six()
        #- call six() fate=dropped

    def other(self):
    #- function other(self) id=6 parent=4 owner=0
        seven()
        #- call seven() fate=dropped


eight()
#- call eight() fate=dropped
