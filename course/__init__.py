"""For teachers: the homework's sources, the students' versions made from them, and the grading."""
