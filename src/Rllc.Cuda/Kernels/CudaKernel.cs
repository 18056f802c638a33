namespace Rllc.Cuda;

/// <summary>
/// A kernel of a module, good for as long as that. A launch queues it and returns: it neither waits for the device nor
/// allocates anything, on the device or on the managed heap, so that a stream that is being captured takes it too. Thread-safe.
/// <para>
/// Arguments are passed by value, one for each of the kernel's parameters in that order, as the bytes that they have in C#:
/// numbers, <see cref="DeviceView{T}"/>, addresses as ulong, structs of these in sequential layout. The driver does not tell
/// whether types or number are the kernel's: wrong ones are undefined behaviour.
/// </para>
/// </summary>
public sealed unsafe class CudaKernel
{
    private readonly CudaModule _module;
    private readonly nint _function;

    internal CudaKernel(CudaModule module, nint function, string name)
    {
        _module = module;
        _function = function;
        Name = name;
    }

    /// <summary>The entry's name in the PTX.</summary>
    public string Name { get; }

    /// <summary>Queues the kernel.</summary>
    /// <param name="shape">Blocks, threads and shared memory.</param>
    /// <param name="stream">A stream of the module's device.</param>
    /// <param name="a">The first argument; the others follow in the order of the kernel's parameters.</param>
    /// <exception cref="ObjectDisposedException">The module is disposed.</exception>
    /// <exception cref="CudaException">The device cannot run this shape, the driver refuses, or work queued earlier has failed.</exception>
    public void Launch<A>(LaunchShape shape, CudaStream stream, A a)
        where A : unmanaged
    {
        var arguments = stackalloc void*[] { &a };
        Launch(shape, stream, arguments);
    }

    /// <inheritdoc cref="Launch{A}"/>
    public void Launch<A, B>(LaunchShape shape, CudaStream stream, A a, B b)
        where A : unmanaged where B : unmanaged
    {
        var arguments = stackalloc void*[] { &a, &b };
        Launch(shape, stream, arguments);
    }

    /// <inheritdoc cref="Launch{A}"/>
    public void Launch<A, B, C>(LaunchShape shape, CudaStream stream, A a, B b, C c)
        where A : unmanaged where B : unmanaged where C : unmanaged
    {
        var arguments = stackalloc void*[] { &a, &b, &c };
        Launch(shape, stream, arguments);
    }

    /// <inheritdoc cref="Launch{A}"/>
    public void Launch<A, B, C, D>(LaunchShape shape, CudaStream stream, A a, B b, C c, D d)
        where A : unmanaged where B : unmanaged where C : unmanaged where D : unmanaged
    {
        var arguments = stackalloc void*[] { &a, &b, &c, &d };
        Launch(shape, stream, arguments);
    }

    /// <inheritdoc cref="Launch{A}"/>
    public void Launch<A, B, C, D, E>(LaunchShape shape, CudaStream stream, A a, B b, C c, D d, E e)
        where A : unmanaged where B : unmanaged where C : unmanaged where D : unmanaged where E : unmanaged
    {
        var arguments = stackalloc void*[] { &a, &b, &c, &d, &e };
        Launch(shape, stream, arguments);
    }

    /// <inheritdoc cref="Launch{A}"/>
    public void Launch<A, B, C, D, E, F>(LaunchShape shape, CudaStream stream, A a, B b, C c, D d, E e, F f)
        where A : unmanaged where B : unmanaged where C : unmanaged where D : unmanaged where E : unmanaged where F : unmanaged
    {
        var arguments = stackalloc void*[] { &a, &b, &c, &d, &e, &f };
        Launch(shape, stream, arguments);
    }

    /// <inheritdoc cref="Launch{A}"/>
    public void Launch<A, B, C, D, E, F, G>(LaunchShape shape, CudaStream stream, A a, B b, C c, D d, E e, F f, G g)
        where A : unmanaged where B : unmanaged where C : unmanaged where D : unmanaged
        where E : unmanaged where F : unmanaged where G : unmanaged
    {
        var arguments = stackalloc void*[] { &a, &b, &c, &d, &e, &f, &g };
        Launch(shape, stream, arguments);
    }

    /// <inheritdoc cref="Launch{A}"/>
    public void Launch<A, B, C, D, E, F, G, H>(LaunchShape shape, CudaStream stream, A a, B b, C c, D d, E e, F f, G g, H h)
        where A : unmanaged where B : unmanaged where C : unmanaged where D : unmanaged
        where E : unmanaged where F : unmanaged where G : unmanaged where H : unmanaged
    {
        var arguments = stackalloc void*[] { &a, &b, &c, &d, &e, &f, &g, &h };
        Launch(shape, stream, arguments);
    }

    private void Launch(LaunchShape shape, CudaStream stream, void** arguments)
    {
        var result = _module.Launch(_function, shape, stream, arguments);
        if (result != CuResult.Success)
            throw new CudaException(result, $"Launching {Name} ({shape})");
    }
}
