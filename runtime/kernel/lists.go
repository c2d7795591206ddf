package kernel

import "github.com/conc-repl/conc-repl/lang"

// listsNatives has what comprehensions and most loops end with.
func listsNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "lists/reverse", Min: 1, Max: 2, Args: "list, tail", Run: listed(reversed), Doc: "The elements from the last to the first, in front of tail. :lists.reverse([1, 2]) #=> [2, 1]"},
	}
}
