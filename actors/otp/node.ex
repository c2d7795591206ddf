defmodule Node do
  @moduledoc "This node, which stands alone."

  @doc "Tells whether this node talks to others: it does not."
  def alive?, do: false

  @doc "Gives the names of the other nodes: there are none."
  def list, do: []
  def list(_which), do: []

  @doc "Gives the cookie with which nodes know each other."
  def get_cookie, do: :nocookie

  @doc "Tells whether a node answers: :pang, unless it is this one."
  def ping(node), do: if(node == node(), do: :pong, else: :pang)

  @doc "Connects to a node, which a node that stands alone does not do."
  def connect(_node), do: :ignored

  @doc "Watches a node."
  def monitor(_node, _flag), do: true

  @doc "Starts a process on this node."
  def spawn(node, fun) when node == :nonode@nohost, do: Kernel.spawn(fun)
  def spawn(node, module, function, args) when node == :nonode@nohost, do: Kernel.spawn(module, function, args)

  @doc "Starts a linked process on this node."
  def spawn_link(node, fun) when node == :nonode@nohost, do: Kernel.spawn_link(fun)
  def spawn_link(node, module, function, args) when node == :nonode@nohost, do: Kernel.spawn_link(module, function, args)
end
