# `with`: one region for each item, nested.
def regions(self):
#- function regions(self) id=1 parent=0
    with self.lock:
    #- region self.lock id=1 parent=0
    #- enter self.lock fate=local
        inside()
        #- call inside() fate=dropped block=1
    with open(path()) as handle, self.other as (a, b):
    #- region open(path()) target=handle id=2 parent=0
    #- call open(path()) fate=local into=handle
    #- enter open(path()) fate=local into=handle
    #- write handle enter value=open(path()) block=2
    #- call path() fate=passed
    #- region self.other target=(a, b) id=3 parent=2
    #- enter self.other fate=local into=(a, b) block=2
    #- write a enter value=self.other element=0 block=3
    #- write b enter value=self.other element=1 block=3
        inside(1)
        #- call inside(1) fate=dropped block=3
    with (open(one) as first, open(two) as second,):
    #- region open(one) target=first id=4 parent=0
    #- call open(one) fate=local into=first
    #- enter open(one) fate=local into=first
    #- write first enter value=open(one) block=4
    #- region open(two) target=second id=5 parent=4
    #- call open(two) fate=local into=second block=4
    #- enter open(two) fate=local into=second block=4
    #- write second enter value=open(two) block=5
        inside(2)
        #- call inside(2) fate=dropped block=5
    with (open(one), two):
    #- region open(one) id=6 parent=0
    #- call open(one) fate=local
    #- enter open(one) fate=local
    #- region two id=7 parent=6
    #- enter two fate=local block=6
        inside(3)
        #- call inside(3) fate=dropped block=7
    with (open(one)) as first:
    #- region open(one) target=first id=8 parent=0
    #- enter open(one) fate=local into=first
    #- write first enter value=open(one) block=8
    #- call open(one) fate=local into=first
        inside(4)
        #- call inside(4) fate=dropped block=8
    with open(one) as self.handle:
    #- region open(one) target=self.handle id=9 parent=0
    #- call open(one) fate=local into=self.handle
    #- enter open(one) fate=local into=self.handle
    #- write self.handle enter value=open(one) block=9
        inside(5)
        #- call inside(5) fate=dropped block=9


async def entered(pool):
#- function entered(pool) id=2 parent=0 async
    async with pool.acquire() as connection:
    #- region pool.acquire() target=connection id=1 parent=0 async
    #- call pool.acquire() fate=local into=connection awaited
    #- write connection enter value=pool.acquire() async block=1
        await inside(connection)
        #- call inside(connection) fate=dropped awaited block=1
    async with pool as connection, pool.lock:
    #- region pool target=connection id=2 parent=0 async
    #- await pool fate=local into=connection
    #- write connection enter value=pool async block=2
    #- region pool.lock id=3 parent=2 async
    #- await pool.lock fate=local block=2
        inside()
        #- call inside() fate=dropped block=3
    async with await connect() as connection:
    #- region await connect() target=connection id=4 parent=0 async
    #- await await connect() fate=local into=connection
    #- write connection enter value=await connect() async block=4
    #- call connect() fate=local into=connection awaited
        inside()
        #- call inside() fate=dropped block=4
    with await connect() as connection:
    #- region await connect() target=connection id=5 parent=0
    #- enter await connect() fate=local into=connection
    #- write connection enter value=await connect() block=5
    #- call connect() fate=local into=connection awaited
        inside()
        #- call inside() fate=dropped block=5
    after()
    #- call after() fate=dropped
