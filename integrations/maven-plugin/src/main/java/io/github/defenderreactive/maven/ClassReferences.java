package io.github.defenderreactive.maven;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The classes and members that the code of a class refers to. */
final class ClassReferences extends ClassVisitor {

    /**
     * A reference.
     *
     * @param owner internal name of the class
     * @param member name and descriptor as in {@link ClassMembers#access}, or null for the class itself
     * @param isStatic whether the member must be static; null if that does not matter
     * @param isInterface whether the owner must be an interface; null if that does not matter
     * @param line line of the source, or 0 if it is unknown
     */
    record Reference(
            String owner,
            @Nullable String member,
            @Nullable Boolean isStatic,
            @Nullable Boolean isInterface,
            int line) {}

    private final Set<Reference> references = new LinkedHashSet<>();
    private String name = "";
    private String source = "";

    private ClassReferences() {
        super(Opcodes.ASM9);
    }

    static ClassReferences of(byte[] classFile) {
        ClassReferences references = new ClassReferences();
        new ClassReader(classFile).accept(references, ClassReader.SKIP_FRAMES);
        return references;
    }

    Set<Reference> references() {
        return references;
    }

    /** Returns the file and the line of a reference, in the form of a stack trace. */
    String place(Reference reference) {
        return name.replace('/', '.') + '(' + source + (reference.line() == 0 ? "" : ":" + reference.line()) + ')';
    }

    @Override
    public void visit(
            int version,
            int flags,
            String className,
            @Nullable String signature,
            @Nullable String superclass,
            String[] interfaces) {
        name = className;
        source = className;
        if (superclass != null) {
            references.add(new Reference(superclass, null, null, false, 0));
        }
        for (String type : interfaces) {
            references.add(new Reference(type, null, null, true, 0));
        }
    }

    @Override
    public void visitSource(@Nullable String file, @Nullable String debug) {
        if (file != null) {
            source = file;
        }
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int flags, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
        type(Type.getType(descriptor), 0);
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int flags, String method, String descriptor, @Nullable String signature, String[] exceptions) {
        method(descriptor, 0);
        return new Code();
    }

    private void type(Type type, int line) {
        switch (type.getSort()) {
            case Type.ARRAY -> type(type.getElementType(), line);
            case Type.OBJECT -> references.add(new Reference(type.getInternalName(), null, null, null, line));
            case Type.METHOD -> method(type.getDescriptor(), line);
            default -> {}
        }
    }

    private void method(String descriptor, int line) {
        type(Type.getReturnType(descriptor), line);
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            type(argument, line);
        }
    }

    private void member(
            String owner, String member, @Nullable Boolean isStatic, @Nullable Boolean isInterface, int line) {
        if (owner.startsWith("[")) {
            type(Type.getObjectType(owner), line);
        } else {
            references.add(new Reference(owner, member, isStatic, isInterface, line));
        }
    }

    private final class Code extends MethodVisitor {

        private int line;

        Code() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            type(Type.getObjectType(type), line);
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            type(Type.getType(descriptor), line);
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            if (type != null) {
                type(Type.getObjectType(type), line);
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
            member(owner, field + ' ' + descriptor, isStatic, null, line);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
            member(owner, method + descriptor, opcode == Opcodes.INVOKESTATIC, isInterface, line);
        }

        @Override
        public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
            method(descriptor, line);
            for (Object argument : arguments) {
                constant(argument);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            constant(value);
        }

        private void constant(Object value) {
            if (value instanceof Type type) {
                type(type, line);
            } else if (value instanceof Handle handle) {
                boolean field = handle.getTag() <= Opcodes.H_PUTSTATIC;
                boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC
                        || handle.getTag() == Opcodes.H_GETSTATIC
                        || handle.getTag() == Opcodes.H_PUTSTATIC;
                member(
                        handle.getOwner(),
                        handle.getName() + (field ? " " : "") + handle.getDesc(),
                        isStatic,
                        handle.isInterface(),
                        line);
            } else if (value instanceof ConstantDynamic dynamic) {
                for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                    constant(dynamic.getBootstrapMethodArgument(i));
                }
            }
        }
    }
}
