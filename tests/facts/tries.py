# try, handlers, else and finally share a group; handlers and else exclude each other.
def tried():
#- function tried() id=1 parent=0
    try:
    #- try id=1 parent=0 arm=0
        one()
        #- call one() fate=dropped block=1
    except ValueError:
    #- handler ValueError id=2 parent=0 arm=1
        two()
        #- call two() fate=dropped block=2
    except (KeyError, errors.Odd) as error:
    #- handler (KeyError, errors.Odd) target=error id=3 parent=0 arm=2
    #- write error catch value=(KeyError, errors.Odd) block=3
        three(error)
        #- call three(error) fate=dropped block=3
    except:
    #- handler id=4 parent=0 arm=3
        four()
        #- call four() fate=dropped block=4
    else:
    #- else id=5 parent=0 arm=4
        five()
        #- call five() fate=dropped block=5
    finally:
    #- finally id=6 parent=0 arm=0
        six()
        #- call six() fate=dropped block=6
    after()
    #- call after() fate=dropped


def all_leave():
#- function all_leave() id=2 parent=0
#- body id=0 exits
    try:
    #- try id=1 parent=0 arm=0 exits
        return one()
        #- return one() block=1
        #- call one() fate=returned block=1
    except ValueError:
    #- handler ValueError id=2 parent=0 arm=1 exits
        raise
        #- raise block=2
    never()
    #- call never() fate=dropped


def handler_stays():
#! body exits
#- function handler_stays() id=3 parent=0
    try:
    #- try id=1 parent=0 arm=0 exits
        return one()
        #- return one() block=1
        #- call one() fate=returned block=1
    except ValueError:
    #- handler ValueError id=2 parent=0 arm=1
        pass
    after()
    #- call after() fate=dropped


def else_leaves():
#- function else_leaves() id=4 parent=0
#- body id=0 exits
    try:
    #- try id=1 parent=0 arm=0
        one()
        #- call one() fate=dropped block=1
    except Odd:
    #- handler Odd id=2 parent=0 arm=1 exits
        return 2
        #- return 2 block=2
    else:
    #- else id=3 parent=0 arm=2 exits
        return 3
        #- return 3 block=3


def finally_leaves():
#- function finally_leaves() id=5 parent=0
#- body id=0 exits
    try:
    #- try id=1 parent=0 arm=0
        one()
        #- call one() fate=dropped block=1
    finally:
    #- finally id=2 parent=0 arm=0 exits
        return 2
        #- return 2 block=2


def groups():
#- function groups() id=6 parent=0
    try:
    #- try id=1 parent=0 arm=0
        one()
        #- call one() fate=dropped block=1
    except* ValueError as group:
    #- handler ValueError target=group id=2 parent=0 arm=1
    #- write group catch value=ValueError block=2
        two()
        #- call two() fate=dropped block=2
    except* KeyError:
    #- handler KeyError id=3 parent=0 arm=1
        three()
        #- call three() fate=dropped block=3


def bare_list():
#- function bare_list() id=7 parent=0
    try:
    #- try id=1 parent=0 arm=0
        one()
        #- call one() fate=dropped block=1
    except ValueError, KeyError:
    #- handler (ValueError, KeyError) id=2 parent=0 arm=1
        two()
        #- call two() fate=dropped block=2


def raises(error):
#- function raises(error) id=8 parent=0
#- body id=0 exits
    raise Problem("x") from error
    #- raise Problem("x") cause=error
    #- call Problem("x") fate=used
