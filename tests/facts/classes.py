# A class body is a function that runs where the class statement stands.
class Base: ...
#- class-body Base id=1 parent=0 owner=0 trivial
#- class Base id=0 scope=0 body=1


@dataclass(frozen=True)
#- call dataclass(frozen=True) fate=used
#- decorator dataclass(frozen=True) fate=kept class=1
class Item(Base, Generic[T], metaclass=make_meta(), *more):
#- call make_meta() fate=passed
#- class-body Item id=2 parent=0 owner=1
#- class Item id=1 scope=0 body=2 bases=[Base, Generic[T], metaclass=make_meta(), *more] decorators=[dataclass(frozen=True)]
    """A docstring."""

    count: int = 0
    #- write count assign value=0 annotation=int
    name: "Optional[str]"
    #- write name declare annotation=Optional[str]
    table = load()
    #- write table assign value=load()
    #- call load() fate=kept into=table

    class Inner:
    #- class-body Inner id=3 parent=2 owner=2
    #- class Inner id=2 scope=2 body=3
        value = build()
        #- write value assign value=build()
        #- call build() fate=kept into=value

    @property
    #- decorator property fate=kept function=4
    #- body id=0 exits
    def size(self) -> int:
    #- function size(self) -> int id=4 parent=2 owner=1 decorators=[property]
        return self.measure()
        #- return self.measure()
        #- call self.measure() fate=returned

    @staticmethod
    #- decorator staticmethod fate=kept function=5
    def make(): ...
    #- function make() id=5 parent=2 owner=1 trivial decorators=[staticmethod]

    for extra in range(3):
    #- loop for range(3) target=extra id=1 parent=0 arm=0
    #- write extra iterate value=range(3) block=1
    #- call range(3) fate=used
    #- iterate range(3) fate=used block=1
        pass

    field = lambda self: self.get()
    #- write field assign value=lambda#6
    #- lambda <lambda>(self) id=6 parent=2
    #- body id=0 exits
    #- call self.get() fate=returned
    #- return self.get()


def factory():
#- function factory() id=7 parent=0
#- body id=0 exits
    class Local(Item):
    #- class-body Local id=8 parent=7 owner=3
    #- class Local id=3 scope=7 body=8 bases=[Item]
        attribute = inside()
        #- write attribute assign value=inside()
        #- call inside() fate=kept into=attribute

    return Local()
    #- return Local()
    #- call Local() fate=returned


class Box[T = int](Base[T]): ...
#- class-body Box id=9 parent=0 owner=4 trivial
#- class Box id=4 scope=0 body=9 bases=[Base[T]]
