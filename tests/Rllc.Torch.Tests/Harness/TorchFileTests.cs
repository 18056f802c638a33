namespace Rllc.Torch.Tests.Harness;

/// <summary>Tests with tensors that write files, which go with them.</summary>
public abstract class TorchFileTests : TorchTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rllc-torch");

    protected string File => Path.Combine(_folder.FullName, "run");

    public override void Dispose()
    {
        _folder.Delete(recursive: true);
        base.Dispose();
        GC.SuppressFinalize(this);
    }
}
