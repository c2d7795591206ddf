# Queues as Erlang's are: a pair of lists, the elements at the rear from the
# last back, and those at the front. Unless a queue has at most one element,
# neither list is empty.
defmodule :queue do
  @moduledoc "First in, first out queues."

  @doc "An empty queue. :queue.new() #=> {[], []}"
  def new, do: {[], []}

  @doc "Whether something is a queue."
  def is_queue({rear, front}), do: is_list(rear) and is_list(front)
  def is_queue(_), do: false

  @doc "Whether a queue has no elements. :queue.is_empty(:queue.new()) #=> true"
  def is_empty({[], []}), do: true
  def is_empty({rear, front}) when is_list(rear) and is_list(front), do: false

  @doc "How many elements there are. :queue.len(:queue.from_list([1, 2])) #=> 2"
  def len({rear, front}), do: length(rear) + length(front)

  @doc "The queue with an element at the front."
  def in_r(x, {[], [_] = front}), do: {front, [x]}
  def in_r(x, {rear, front}) when is_list(rear) and is_list(front), do: {rear, [x | front]}

  @doc "{{:value, the element at the front}, the others}, or {:empty, queue}. :queue.out(:queue.from_list([1])) #=> {{:value, 1}, {[], []}}"
  def out({[], []} = queue), do: {:empty, queue}
  def out({[x], []}), do: {{:value, x}, {[], []}}
  def out({[y | rear], []}), do: out_of(y, rear)
  def out({rear, [x]}), do: {{:value, x}, balanced_front(rear)}
  def out({rear, [x | front]}), do: {{:value, x}, {rear, front}}

  defp out_of(y, rear) do
    [x | front] = :lists.reverse(rear, [])
    {{:value, x}, {[y], front}}
  end

  @doc "{{:value, the element at the rear}, the others}, or {:empty, queue}."
  def out_r({[], []} = queue), do: {:empty, queue}
  def out_r({[], [x]}), do: {{:value, x}, {[], []}}
  def out_r({[], [y | front]}), do: out_of_r(y, front)
  def out_r({[x], front}), do: {{:value, x}, balanced_rear(front)}
  def out_r({[x | rear], front}), do: {{:value, x}, {rear, front}}

  defp out_of_r(y, front) do
    [x | rear] = :lists.reverse(front, [])
    {{:value, x}, {rear, [y]}}
  end

  # A queue of what is at the rear alone, and of what is at the front alone.
  defp balanced_front(rear) do
    {back, front} = Enum.split(rear, div(length(rear), 2))
    {back, :lists.reverse(front, [])}
  end

  defp balanced_rear(front) do
    {ahead, back} = Enum.split(front, div(length(front), 2))
    {:lists.reverse(back, []), ahead}
  end

  @doc "The queue of a list's elements. :queue.from_list([1, 2, 3]) #=> {[3, 2], [1]}"
  def from_list(list) when is_list(list), do: balanced_rear(list)

  @doc "The elements from the front to the rear. :queue.to_list(:queue.in(1, :queue.new())) #=> [1]"
  def to_list({rear, front}), do: front ++ :lists.reverse(rear, [])

  @doc "The queue the other way round."
  def reverse({rear, front}), do: {front, rear}

  @doc "Whether an element is in the queue. :queue.member(1, :queue.from_list([1])) #=> true"
  def member(x, {rear, front}), do: :lists.member(x, rear) or :lists.member(x, front)

  @doc "The element at the front; raises :empty if there is none. :queue.get(:queue.from_list([1, 2])) #=> 1"
  def get(queue) do
    case :queue.out(queue) do
      {{:value, x}, _} -> x
      {:empty, _} -> :erlang.error(:empty)
    end
  end

  @doc "The element at the rear; raises :empty if there is none."
  def get_r(queue) do
    case :queue.out_r(queue) do
      {{:value, x}, _} -> x
      {:empty, _} -> :erlang.error(:empty)
    end
  end

  @doc "{:value, the element at the front}, or :empty. :queue.peek(:queue.from_list([1, 2])) #=> {:value, 1}"
  def peek(queue) do
    {found, _} = :queue.out(queue)
    found
  end

  @doc "{:value, the element at the rear}, or :empty."
  def peek_r(queue) do
    {found, _} = :queue.out_r(queue)
    found
  end

  @doc "The queue without the element at the front; raises :empty if there is none."
  def drop(queue) do
    case :queue.out(queue) do
      {{:value, _}, rest} -> rest
      {:empty, _} -> :erlang.error(:empty)
    end
  end

  @doc "The queue without the element at the rear; raises :empty if there is none."
  def drop_r(queue) do
    case :queue.out_r(queue) do
      {{:value, _}, rest} -> rest
      {:empty, _} -> :erlang.error(:empty)
    end
  end

  @doc "The first queue's elements before the second's."
  def join(first, second), do: :queue.from_list(:queue.to_list(first) ++ :queue.to_list(second))

  @doc "The first n elements in one queue, and the others in another."
  def split(n, queue) do
    {front, rear} = Enum.split(:queue.to_list(queue), n)
    {:queue.from_list(front), :queue.from_list(rear)}
  end

  @doc "The queue of the elements for which fun gives true, or of those in the lists that it gives."
  def filter(fun, queue) do
    :queue.from_list(
      Enum.flat_map(:queue.to_list(queue), fn x ->
        case fun.(x) do
          true -> [x]
          false -> []
          list -> list
        end
      end)
    )
  end

  @doc "Reduces the elements from the front to the rear."
  def fold(fun, acc, queue), do: Enum.reduce(:queue.to_list(queue), acc, fun)

  @doc "Whether fun gives true for an element."
  def any(fun, queue), do: Enum.any?(:queue.to_list(queue), fun)

  @doc "Whether fun gives true for all elements."
  def all(fun, queue), do: Enum.all?(:queue.to_list(queue), fun)

  @doc "The queue with an element at the front."
  def cons(x, queue), do: :queue.in_r(x, queue)

  @doc "The element at the front; raises :empty if there is none."
  def head(queue), do: :queue.get(queue)

  @doc "The queue without the element at the front."
  def tail(queue), do: :queue.drop(queue)

  @doc "The queue with an element at the rear."
  def snoc(queue, x), do: :queue.in(x, queue)

  @doc "The element at the rear."
  def last(queue), do: :queue.get_r(queue)

  @doc "The queue without the element at the rear."
  def init(queue), do: :queue.drop_r(queue)
end
