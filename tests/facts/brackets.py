# Lines in brackets may be indented at will; a bracket that was never closed ends at the next statement.
def dedented():
#- function dedented() id=1 parent=0
    message = ("one" +
    #- write message assign value="one" + two()
  two())
  #- call two() fate=used
    choice = pick(1 if
    #- write choice assign value=pick((1 else three()))
    #- call pick((1 else three())) fate=local into=choice
    #- arm condition() when=true id=1 parent=0 arm=0
  condition() else
  #- call condition() fate=used
three())
#- arm condition() when=false id=2 parent=0 arm=1
#- call three() fate=passed block=2
    bound = (self.
    #- write bound assign value=self.store
store)
    # stallint: ignore[kept]
    #- ignore [kept] line=22
    after(  # why
    #- call after(1) fate=dropped
  # and how
1)


def unclosed():
#- function unclosed() id=2 parent=0
#- body id=0 exits
    first(1, second(2)
    #- call second(2) fate=used
    #- note this does not parse as Python and was read in part only
    third()
    #- call third() fate=dropped
    return fourth()
    #- return fourth()
    #- call fourth() fate=returned


async def region():
#- function region() id=3 parent=0 async
#- body id=0 exits
    async with connect(url as connection:
    #- region connect target=connection id=1 parent=0 async
    #- await connect fate=local into=connection
    #- write connection enter value=connect async block=1
    #- note this does not parse as Python and was read in part only
        await connection.use()
        #- call connection.use() fate=dropped awaited block=1
    table = {1: 2,
    #- write table assign value=(2,)
    #- note this does not parse as Python and was read in part only
    return table
    #- return table


@app.get("/x"
#- decorator <app.get> fate=kept function=4
#- note this does not parse as Python and was read in part only
def decorated():
#- function decorated() id=4 parent=0 decorators=[<app.get>]
    for item in range(3:
    #- loop for range target=item id=1 parent=0 arm=0
    #- write item iterate value=range block=1
    #- iterate range fate=used block=1
    #- note this does not parse as Python and was read in part only
        each(item)
        #- call each(item) fate=dropped block=1


def last():
#- function last() id=5 parent=0
    type(self).count = total()
    #- call type(self) fate=used
    #- write type(self).count assign value=total()
    #- call total() fate=kept into=type(self).count
    ok()
    #- call ok() fate=dropped
