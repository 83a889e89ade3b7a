// stallint: ignore[a, b] the whole function
//- ignore [a, b] line=4 function=1

void f() {
  g();  // stallint: ignore[c]: this line
  //- ignore [c] line=5 reason=this line
  /* stallint: ignore[d] the next code */
  //- ignore [d] line=11 reason=the next code

  // another comment
  h();
  /* stallint: ignore[e] -- here */ k();
  //- ignore [e] line=12 reason=here
  // TODO // stallint: ignore
  //- ignore [] line=16
  m();
  auto text = "// stallint: ignore[no]";
  //! ignore [no]
}

template <typename T>  // stallint: ignore[t]
//- ignore [t] function=2
T q() {
  return T();
}
