# Assignments: one Write for each name, attribute or subscript, and the value that it gets.
KEPT = make()
#- write KEPT assign value=make()
#- call make() fate=kept into=KEPT
a = b = make(1)
#- write a assign value=make(1)
#- write b assign value=make(1)
#- call make(1) fate=kept into=a


def local(self, items):
#- function local(self, items) id=1 parent=0
    x = make()
    #- write x assign value=make()
    #- call make() fate=local into=x
    self.x = make(1)
    #- write self.x assign value=make(1)
    #- call make(1) fate=kept into=self.x
    items[key()] = make(2)
    #- write items[key()] assign value=make(2)
    #- call key() fate=used
    #- call make(2) fate=kept into=items[key()]
    x, self.y = pair()
    #- write x assign value=pair() element=0
    #- write self.y assign value=pair() element=1
    #- call pair() fate=kept into=(x, self.y)
    x, (y, z) = nested()
    #- write x assign value=nested() element=0
    #- write y assign value=nested() element=-2
    #- write z assign value=nested() element=-2
    #- call nested() fate=local into=(x, (y, z))
    first, *others, last = items
    #- write first assign value=items element=0
    #- write others assign value=items element=-2
    #- write last assign value=items element=-2
    [p, q] = [one(), two()]
    #- write p assign value=one()
    #- write q assign value=two()
    #- call one() fate=local into=p
    #- call two() fate=local into=q
    p, self.q = one(), two()
    #- write p assign value=one()
    #- write self.q assign value=two()
    #- call one() fate=local into=p
    #- call two() fate=kept into=self.q
    p, *q = one(), two()
    #- write p assign value=(one(), two()) element=0
    #- write q assign value=(one(), two()) element=-2
    #- call one() fate=used
    #- call two() fate=used
    p = q = self.r = three()
    #- write p assign value=three()
    #- write q assign value=three()
    #- write self.r assign value=three()
    #- call three() fate=kept into=self.r
    p = one(), two()
    #- write p assign value=(one(), two())
    #- call one() fate=used
    #- call two() fate=used
    x: int = make()
    #- write x assign value=make() annotation=int
    #- call make() fate=local into=x
    y: "list[Path]"
    #- write y declare annotation=list[Path]
    self.z: Optional[str] = None
    #- write self.z assign value=None annotation=Optional[str]
    (w) = make(3)
    #- write w assign value=make(3)
    #- call make(3) fate=local into=w
    x += step()
    #- write x update op=+ value=step()
    #- call step() fate=used
    self.count **= 2
    #- write self.count update op=** value=2
    del x, self.y, items[0]
    #- write x delete
    #- write self.y delete
    #- write items[0] delete
    x = (made := make(4)) or other()
    #- write x assign value=((made := make(4)) or other())
    #- write made assign value=make(4)
    #- call make(4) fate=local into=made
    #- arm (made := make(4)) when=false id=1 parent=0 arm=1
    #- call other() fate=local into=x block=1
    if (late := make(5)) is None:
    #- write late assign value=make(5)
    #- call make(5) fate=local into=late
        pass
        #- arm (late := make(5)) is None when=true id=2 parent=0 arm=0
    consume(seen := make(6))
    #- call consume((seen := make(6))) fate=dropped
    #- write seen assign value=make(6)
    #- call make(6) fate=local into=seen
    type(self).cache = make(7)
    #- call type(self) fate=used
    #- write type(self).cache assign value=make(7)
    #- call make(7) fate=kept into=type(self).cache


def declared():
#- function declared() id=2 parent=0 globals=[KEPT, other]
    global KEPT, other
    KEPT = make()
    #- write KEPT assign value=make()
    #- call make() fate=kept into=KEPT
    other = local = make(1)
    #- write other assign value=make(1)
    #- write local assign value=make(1)
    #- call make(1) fate=kept into=other

    def inner():
    #- function inner() id=3 parent=2 nonlocals=[local]
        nonlocal local
        local = make(2)
        #- write local assign value=make(2)
        #- call make(2) fate=kept into=local
        KEPT = make(3)
        #- write KEPT assign value=make(3)
        #- call make(3) fate=local into=KEPT


type Alias = list[Item]
#- write Alias assign value=list[Item]
type Pair[T] = tuple[T, T]
#- write Pair assign value=tuple[T, T]
