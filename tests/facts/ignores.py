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
    #- unknown [] line=40 reason=ignored
    #- call work(5) fate=dropped
    text = "# stallint: ignore[no]"
    #! ignore
    #- write text assign value="# stallint: ignore[no]"
    call(
    #- call call(first) fate=dropped
        first,  # stallint: ignore[eight]
        #- ignore [eight] line=48
    )
work(6)  # stallint: ignore(five) no brackets
#- call work(6) fate=dropped
#- unknown [] line=51 reason=ignore
work(7)  # stallint: is what reads this
#! unknown
#- call work(7) fate=dropped
# stallint: file-ignore[ten, eleven]: all of it
#- file-ignore [ten, eleven] line=60 reason=all of it
# What other linters read.
work(8)  # noqa: E501, async-blocking-call
#- call work(8) fate=dropped
#- foreign [async-blocking-call] line=60 reason=noqa
work(9)  # noqa: E501
#! foreign
#- call work(9) fate=dropped
# nosemgrep: a-rule, another-rule because of this
#- foreign [a-rule, another-rule] line=68 reason=because of this
work(10)
#- call work(10) fate=dropped
# stallint: ignore[nine] nothing follows
#- ignore [nine] line=70 reason=nothing follows
