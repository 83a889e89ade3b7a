void copy(char* to, const char* from);

void fill(char* to) {
  copy(to, "a");
  for (int i = 0; i < 3; ++i) {
    copy(to + i, "b");
  }
}
