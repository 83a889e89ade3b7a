# Marks that silence a rule, on a line or on a function.
work()  # stallint: ignore[async-blocking-call] it is short
#- call work() fate=dropped
#- ignore [async-blocking-call] line=2 reason=it is short
# stallint: ignore[one, two] -- because of this
#- ignore [one, two] line=7 reason=because of this
work(1)
#- call work(1) fate=dropped
# stallint: ignore[three]: and of that
#- ignore [three] line=13 reason=and of that

# another comment
work(2)
#- call work(2) fate=dropped


# stallint: ignore[four] the whole function
#- ignore [four] line=19 function=1 reason=the whole function
def silenced():
#- function silenced() id=1 parent=0
    work(3)  # noqa: E501  # stallint: ignore[five]
    #- call work(3) fate=dropped
    #- ignore [five] line=21


# stallint: ignore[six]
#- ignore [six] line=28 function=2
@decorated
#- decorator decorated fate=kept function=2
def decorated(): ...
#- function decorated() id=2 parent=0 trivial decorators=[decorated]


def on_the_line():  # stallint:ignore[seven]
#- function on_the_line() id=3 parent=0
#- ignore [seven] line=34 function=3
    work(4)  # stallint: ignore
    #- call work(4) fate=dropped
    #- ignore [] line=37
    work(5)  # stallint: ignored[no]
    #! ignore
    #- call work(5) fate=dropped
    text = "# stallint: ignore[no]"
    #! ignore
    #- write text assign value="# stallint: ignore[no]"
    call(
    #- call call(first) fate=dropped
        first,  # stallint: ignore[eight]
        #- ignore [eight] line=48
    )
# stallint: ignore[nine] nothing follows
#- ignore [nine] line=51 reason=nothing follows
